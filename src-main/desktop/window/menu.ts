/** The app's menu: roles, which bring the system's own names, keys and places. */
import type { MenuItemConstructorOptions } from 'electron';

/** Editing keys on macOS come only with a menu; elsewhere the menu stays out of sight. */
export function menuTemplate(system: NodeJS.Platform, development: boolean): MenuItemConstructorOptions[] {
  return [
    ...(system === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      label: 'View',
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
