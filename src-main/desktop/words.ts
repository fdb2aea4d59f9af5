/** What the system's own dialogs say; the window has its own catalog. */

export interface DialogWords {
  endFor: (guests: number) => string;
  endDetail: string;
  endAndQuit: string;
  leaveFor: string;
  leaveDetail: string;
  leave: string;
  stay: string;
}

const en: DialogWords = {
  endFor: (guests) =>
    guests === 1 ? 'End the meeting for 1 other person?' : `End the meeting for ${guests} other people?`,
  endDetail: 'It is hosted on this computer. When Parley quits, it ends for everyone.',
  endAndQuit: 'End meeting and quit',
  leaveFor: 'Leave this meeting for the one you opened?',
  leaveDetail: 'You can come back with the link.',
  leave: 'Leave',
  stay: 'Stay',
};

const es: DialogWords = {
  endFor: (guests) =>
    guests === 1 ? '¿Terminar la reunión para 1 persona más?' : `¿Terminar la reunión para ${guests} personas más?`,
  endDetail: 'Se celebra en este ordenador. Si Parley se cierra, termina para todos.',
  endAndQuit: 'Terminar y salir',
  leaveFor: '¿Salir de esta reunión para ir a la que acabas de abrir?',
  leaveDetail: 'Puedes volver con el enlace.',
  leave: 'Salir',
  stay: 'Quedarse',
};

/** @param locale of the system, such as `es-MX` */
export function dialogWords(locale: string): DialogWords {
  return locale.toLowerCase().split('-')[0] === 'es' ? es : en;
}
