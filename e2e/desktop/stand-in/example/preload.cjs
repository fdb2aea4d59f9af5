// oxlint-disable-next-line typescript/no-require-imports -- a sandboxed preload is CommonJS
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('example', {
  greet: (who) => ipcRenderer.invoke('greet', who),
  add: (a, b) => a + b,
  fail: () => {
    throw new TypeError('as it should');
  },
  onNews: (listener) => {
    const relay = (_event, news) => listener(news);
    ipcRenderer.on('news', relay);
    return () => ipcRenderer.off('news', relay);
  },
});
