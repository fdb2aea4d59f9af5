/** The app's menu, of roles: Electron gives each the name, shortcut and place that the system uses. */
import type { MenuItemConstructorOptions } from 'electron';
import type { AppText } from './app-text.ts';

/** On macOS the shortcuts for editing work only with a menu; elsewhere the menu is hidden. */
export function menuTemplate(
  system: NodeJS.Platform,
  development: boolean,
  text: Pick<AppText, 'viewMenu'>,
): MenuItemConstructorOptions[] {
  return [
    ...(system === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      label: text.viewMenu,
      submenu: [
        ...(development ? [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
}
