/** What one reads before a meeting: home, settings, devices, pre-join. */
import type { DeviceProblem, DeviceView } from '../../client/view.ts';
import type { Explained } from '../explained.ts';
import { plural } from '../format.ts';

export const entry = {
  common: {
    close: 'Close',
    cancel: 'Cancel',
    done: 'Done',
    home: 'Home',
    you: 'You',
    tryAgain: 'Try again',
    copy: 'Copy',
    copied: 'Copied',
    yourName: 'Your name',
    dot: ' · ',
  },
  home: {
    settings: 'Settings',
    host: 'Host a meeting',
    hostHere: 'On this computer. Others join with the link you send them.',
    hostAt: (computer: string) => `On ${computer}. Others join with the link you send them.`,
    cannotHost: (computer: string) => `Meetings on ${computer} are opened by its owner. To come to one, use its link.`,
    joinWithLink: 'Join with a link',
    join: 'Join',
    onClipboard: 'On your clipboard: a meeting at',
    notALink: 'That is not a meeting link. One looks like this:',
    recent: 'Recent',
    recentEmpty: 'Meetings you were in will be listed here.',
    at: (computer: string) => `At ${computer}`,
    roomOf: (name: string) => `${name}’s room`,
    room: 'Meeting',
    ready: (computer: string) => `${computer} is ready to host`,
    notReady: 'No host answers here. You can still join with a link.',
    back: 'Back to your meeting',
    backHint: 'It goes on, on this computer.',
  },
  settings: {
    title: 'Settings',
    theme: 'Appearance',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    language: 'Language',
    languages: { system: 'As the system', en: 'English', es: 'Español' },
  },
  devices: {
    title: 'Microphone, camera, speaker',
    names: { microphone: 'Microphone', camera: 'Camera', speaker: 'Speaker' } satisfies Record<
      DeviceView['kind'],
      string
    >,
    choose: {
      microphone: 'Choose the microphone',
      camera: 'Choose the camera',
      speaker: 'Choose the speaker',
    } satisfies Record<DeviceView['kind'], string>,
    none: { microphone: 'No microphone', camera: 'No camera', speaker: 'System sound' } satisfies Record<
      DeviceView['kind'],
      string
    >,
    mute: 'Mute',
    unmute: 'Unmute',
    stopCamera: 'Stop camera',
    startCamera: 'Start camera',
    testSpeaker: 'Test the speaker',
    testing: 'Playing a sound',
    cameraOff: 'Your camera is off',
    opening: 'Opening your camera',
    chooseAnother: 'Choose another camera',
    problems: {
      camera: {
        denied: {
          title: 'Parley may not use your camera',
          cause: 'Allow it beside the address or in the system’s settings, then try again.',
        },
        'in-use': {
          title: 'Another program is using your camera',
          cause: 'Close it there and this picture comes back by itself, or choose another camera.',
        },
        missing: { title: 'No camera found', cause: 'Plug one in and your picture appears here.' },
        ended: { title: 'Your camera was unplugged', cause: 'Plug it in again, or choose another camera.' },
        failed: { title: 'Your camera does not start', cause: 'Unplug it, plug it in again and try once more.' },
      },
      microphone: {
        denied: { title: 'Parley may not use your microphone.', cause: 'Allow it beside the address, then try again.' },
        'in-use': { title: 'Another program holds your microphone.', cause: 'Close it there, or choose another.' },
        missing: { title: 'No microphone found.', cause: 'Plug one in and it is used at once.' },
        ended: { title: 'Your microphone was unplugged.', cause: 'Plug it in again, or choose another.' },
        failed: { title: 'Your microphone does not start.', cause: 'Unplug it, plug it in again and try once more.' },
      },
    } satisfies Record<'camera' | 'microphone', Record<DeviceProblem, Explained>>,
  },
  prejoin: {
    looking: 'Looking for the meeting',
    at: (computer: string) => `At ${computer}`,
    nobody: 'Nobody is in yet',
    areIn: plural('en', { one: '1 is in', other: '# are in' }),
    preview: 'Your picture, mirrored',
    join: 'Join',
    joinWithoutCamera: 'Join without camera',
    joinWithoutMicrophone: 'Join without microphone',
    joinWithoutBoth: 'Join to watch and listen',
    joining: 'Joining',
    nameMissing: 'Others need a name to call you by.',
    watching: 'Your link is for watching: you see and hear everyone, and nobody sees or hears you.',
    nameGiven: 'Your link was made for you and carries this name.',
    pinned: 'This is the computer your link names',
    wordsQuestion: 'Does your host see the same four words?',
    wordsWhy: 'If they match, nobody is in between.',
  },
};
