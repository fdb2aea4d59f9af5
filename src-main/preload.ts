/** The only bridge between page and computer: one function per call, no channel names let through. */
import { contextBridge, ipcRenderer } from 'electron';
import { channel } from '../src-shared/channel.ts';
import type { Answer, Answers, Arguments, Bridge, Call, Events } from '../src-shared/ipc.ts';

const ask =
  <Name extends Call>(name: Name) =>
  (...argument: Arguments<Name>): Promise<Answer<Answers[Name]>> =>
    ipcRenderer.invoke(channel(name), ...argument);

const listen =
  <Name extends keyof Events>(name: Name) =>
  (listener: (event: Events[Name]) => void): (() => void) => {
    const relay = (_event: unknown, event: Events[Name]) => listener(event);
    ipcRenderer.on(channel(name), relay);
    return () => {
      ipcRenderer.off(channel(name), relay);
    };
  };

const bridge: Bridge = {
  context: ask('context'),
  host: ask('host'),
  hostOfLink: ask('hostOfLink'),
  join: ask('join'),
  goHome: ask('goHome'),
  setInMeeting: ask('setInMeeting'),
  linkOnClipboard: ask('linkOnClipboard'),
  screenSources: ask('screenSources'),
  answerPick: ask('answerPick'),
  openPrivacySettings: ask('openPrivacySettings'),
  setTheme: ask('setTheme'),
  savePreferences: ask('savePreferences'),
  onPick: listen('pick'),
  onPickOver: listen('pickOver'),
};

contextBridge.exposeInMainWorld('parley', bridge);
