import { mount } from 'svelte';
import type { PickerBridge } from '../../src-shared/picker-ipc.ts';
import { locale, setLanguage } from '../i18n/index.svelte.ts';
import { valueOf } from '../platform/bridge.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import { Picker } from './picker.svelte.ts';
import PickerPage from './PickerPage.svelte';

declare global {
  interface Window {
    /** Exposed by the picker's preload script. */
    readonly parleyPicker?: PickerBridge;
  }
}

const target = document.getElementById('app');
const bridge = window.parleyPicker;
if (target && bridge) {
  const context = await valueOf(bridge.context());
  await setLanguage(context.language);
  document.documentElement.lang = locale();
  mount(PickerPage, { target, props: { picker: new Picker(bridge, context) } });
}
