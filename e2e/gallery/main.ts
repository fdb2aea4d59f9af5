import { mount } from 'svelte';
import { setLanguage } from '../../src-renderer/i18n/index.svelte.ts';
import '../../src-renderer/styles/tokens.css';
import '../../src-renderer/styles/base.css';
import Gallery from './Gallery.svelte';

await setLanguage('system');
mount(Gallery, { target: document.body });
