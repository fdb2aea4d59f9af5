import { mount } from 'svelte';
import '../../src-renderer/styles/tokens.css';
import '../../src-renderer/styles/base.css';
import Gallery from './Gallery.svelte';

mount(Gallery, { target: document.body });
