/** Endings and obstacles, in Spanish. */
import type { trouble as English } from '../en/trouble.ts';

export const trouble: typeof English = {
  problems: {
    BAD_REQUEST: {
      title: 'El anfitrión no ha entendido',
      cause: 'Puede que tu Parley y el suyo sean de épocas distintas. Actualizad los dos y prueba de nuevo.',
    },
    UNAUTHORIZED: {
      title: 'Este enlace ya no abre',
      cause: 'Se ha retirado o ha caducado. Pide otro a quien te invitó.',
    },
    FORBIDDEN: { title: 'Eso lo decide el anfitrión', cause: 'Pídeselo a quien abrió la reunión.' },
    NOT_FOUND: {
      title: 'Esta reunión no está aquí',
      cause: 'El enlace está incompleto o la reunión ha terminado. Pide otro a quien te invitó.',
    },
    NOT_JOINED: { title: 'No estás en la reunión', cause: 'Se cerró la conexión. Vuelve a entrar.' },
    CONFLICT: {
      title: 'Ya estás en esta reunión',
      cause: 'La tienes abierta en otra ventana o en otro aparato. Sal allí primero.',
    },
    WAITING: { title: 'Alguien tiene que dejarte pasar', cause: 'Tu anfitrión ya lo sabe. Prueba en un momento.' },
    LOCKED: {
      title: 'Esta reunión está cerrada',
      cause: 'Ahora no puede entrar nadie más. Pide a tu anfitrión que la abra.',
    },
    FULL: {
      title: 'Esta reunión está llena',
      cause: 'En el ordenador del anfitrión no cabe nadie más. Prueba cuando alguien salga.',
    },
    LIMIT: { title: 'El anfitrión no admite más', cause: 'Cierra algo aquí y prueba de nuevo.' },
    RATE_LIMITED: { title: 'Eso ha sido demasiado rápido', cause: 'Espera un momento y prueba de nuevo.' },
    CANNOT_CONSUME: {
      title: 'Este navegador no puede mostrar a los demás',
      cause: 'Abre el enlace en un Chrome, Edge, Firefox o Safari actual, o en la aplicación Parley.',
    },
    MEDIA_RESTARTING: { title: 'El sonido y la imagen se reinician', cause: 'Es cosa de un par de segundos.' },
    INTERNAL: { title: 'Algo ha fallado en el anfitrión', cause: 'Allí ha quedado anotado. Prueba de nuevo.' },
    UNREACHABLE: {
      title: 'El anfitrión no contesta',
      cause: 'Puede que su ordenador esté apagado, dormido o en otra red. ¿Estáis en la misma wifi?',
    },
    VERSION: {
      title: 'Dos versiones distintas de Parley',
      cause: 'El anfitrión habla otra versión que tú. Actualizad los dos y prueba de nuevo.',
    },
    CLOSED: { title: 'La reunión ha terminado', cause: 'El anfitrión la terminó o cerró Parley.' },
    REMOVED: {
      title: 'Ya no estás en la reunión',
      cause: 'El anfitrión te ha sacado, o has entrado desde otro sitio.',
    },
    UNSUPPORTED: {
      title: 'Este navegador no sirve para una reunión',
      cause: 'Abre el enlace en un Chrome, Edge, Firefox o Safari actual, o en la aplicación Parley.',
    },
  },
  ended: {
    left: 'Has salido',
    leftAfter: (room, time) => `${room}, después de ${time}`,
    rejoin: 'Volver a entrar',
  },
  shell: {
    BAD_REQUEST: { title: 'Eso no es un enlace de reunión', cause: 'Copia el enlace entero y pégalo aquí.' },
    NOT_A_LINK: { title: 'Eso no es un enlace de reunión', cause: 'Copia el enlace entero y pégalo aquí.' },
    UNREACHABLE: {
      title: 'El anfitrión no responde',
      cause: 'Su ordenador puede estar apagado, en reposo o en otra red. ¿Estáis en la misma wifi?',
    },
    KEY_CHANGED: {
      title: 'Este no es el ordenador al que te invitaron',
      cause:
        'En esta dirección responde otra clave, así que puede haber alguien en medio. Parley no entra. Pide a tu anfitrión un enlace nuevo.',
    },
    HOST_FAILED: { title: 'La reunión no se abrió', cause: 'Inténtalo otra vez o reinicia Parley.' },
    PORT_IN_USE: {
      title: 'Otro programa ocupa el puerto de Parley',
      cause: 'Quizá otro Parley ya es anfitrión en este ordenador. Ciérralo e inténtalo otra vez.',
    },
    MEDIA_PORT_IN_USE: {
      title: 'Otro programa ocupa los puertos del sonido y la imagen',
      cause: 'Quizá otro Parley ya es anfitrión en este ordenador. Ciérralo e inténtalo otra vez.',
    },
    PORT_FORBIDDEN: {
      title: 'Este ordenador no deja que Parley abra su puerto',
      cause: 'Quien administra este ordenador puede permitirlo.',
    },
    ADDRESS_UNUSABLE: {
      title: 'El sonido y la imagen no pueden salir de este ordenador',
      cause: 'Revisa su conexión a la red e inténtalo otra vez.',
    },
    DATA_FOLDER_UNUSABLE: {
      title: 'Parley no puede escribir en su carpeta',
      cause: 'El disco puede estar lleno o protegido. Haz sitio e inténtalo otra vez.',
    },
    DATA_IN_USE: {
      title: 'Otro Parley es anfitrión en este ordenador',
      cause: 'Ciérralo e inténtalo otra vez.',
    },
    DATA_TOO_NEW: {
      title: 'Un Parley más nuevo ha sido anfitrión en este ordenador',
      cause: 'Este no puede leer lo que guardó. Actualiza Parley e inténtalo otra vez.',
    },
    KEY_DAMAGED: {
      title: 'La clave de este ordenador está dañada',
      cause:
        'Recupera host-key.pem, en la carpeta de Parley, de una copia, o bórralo: Parley hace una clave nueva y los enlaces ya enviados dejan de valer.',
    },
    WORKER_FAILED: {
      title: 'La parte de Parley para el sonido y la imagen no arranca',
      cause: 'Vuelve a instalar Parley e inténtalo otra vez.',
    },
    INTERNAL: { title: 'Algo falló en Parley', cause: 'Inténtalo otra vez o reinicia Parley.' },
  },
};
