import { mount } from 'svelte';
import App from './App.svelte';
import { setLanguage } from './i18n/index.svelte.ts';
import { preferences } from './client/index.ts';
import './styles/tokens.css';
import './styles/base.css';

await setLanguage(preferences.language);
const target = document.getElementById('app');
if (target) mount(App, { target });
