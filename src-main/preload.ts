/** The only bridge from the page to the main process: one function per call. The page cannot choose a channel. */
import { contextBridge, ipcRenderer } from 'electron';
import { channel } from '../src-shared/channel.ts';
import type { Answer, Answers, Arguments, Bridge, Call } from '../src-shared/ipc.ts';

const ask =
  <Name extends Call>(name: Name) =>
  (...argument: Arguments<Name>): Promise<Answer<Answers[Name]>> =>
    ipcRenderer.invoke(channel(name), ...argument);

const bridge: Bridge = {
  context: ask('context'),
  host: ask('host'),
  hostOfLink: ask('hostOfLink'),
  join: ask('join'),
  goHome: ask('goHome'),
  setInMeeting: ask('setInMeeting'),
  linkOnClipboard: ask('linkOnClipboard'),
  shareQuality: ask('shareQuality'),
  setAppearance: ask('setAppearance'),
  savePreferences: ask('savePreferences'),
  nearby: ask('nearby'),
  setDiscovery: ask('setDiscovery'),
};

contextBridge.exposeInMainWorld('parley', bridge);
