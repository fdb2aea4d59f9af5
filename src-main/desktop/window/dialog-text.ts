/** The text of the system's dialogs; the page has its own catalog. */

export interface DialogText {
  endFor: (guests: number) => string;
  endDetail: string;
  endAndQuit: string;
  leaveFor: string;
  leaveDetail: string;
  leave: string;
  stay: string;
  startFailed: string;
  noSandbox: string;
}

const en: DialogText = {
  endFor: (guests) =>
    guests === 1 ? 'End the meeting for 1 other person?' : `End the meeting for ${guests} other people?`,
  endDetail: 'It is hosted on this computer. When Parley quits, it ends for everyone.',
  endAndQuit: 'End meeting and quit',
  leaveFor: 'Leave this meeting for the one you opened?',
  leaveDetail: 'You can come back with the link.',
  leave: 'Leave',
  stay: 'Stay',
  startFailed: 'Parley could not open its window. Install it again; if that does not help, report what its log says.',
  noSandbox:
    'Parley does not start without its sandbox, which keeps web content away from your files. This system does not let the AppImage set it up: it allows no user namespaces. Install the deb package instead, or have your administrator allow them for Parley.',
};

const es: DialogText = {
  endFor: (guests) =>
    guests === 1 ? '¿Terminar la reunión para 1 persona más?' : `¿Terminar la reunión para ${guests} personas más?`,
  endDetail: 'Se celebra en este ordenador. Si Parley se cierra, termina para todos.',
  endAndQuit: 'Terminar y salir',
  leaveFor: '¿Salir de esta reunión para ir a la que acabas de abrir?',
  leaveDetail: 'Puedes volver con el enlace.',
  leave: 'Salir',
  stay: 'Quedarse',
  startFailed: 'Parley no pudo abrir su ventana. Instálalo de nuevo; si no sirve, comunica lo que dice su registro.',
  noSandbox:
    'Parley no arranca sin su zona aislada, que protege tus archivos del contenido web. Este sistema no permite que la AppImage la cree: no admite espacios de nombres de usuario. Instala el paquete deb, o pide a quien administra el equipo que los permita para Parley.',
};

/** @param locale of the system, such as `es-MX` */
export function dialogText(locale: string): DialogText {
  return locale.toLowerCase().split('-')[0] === 'es' ? es : en;
}
