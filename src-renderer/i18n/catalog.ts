/* eslint-disable max-lines -- generated */
/** The messages of a language and their arguments. Generated from en.json: see CONTRIBUTING.md. */
export interface Catalog {
  app: {
    endAndQuit: string;
    endDetail: string;
    endFor: (values: { guests: number }) => string;
    leave: string;
    leaveDetail: string;
    leaveFor: string;
    noSandbox: string;
    startFailed: string;
    stay: string;
    viewMenu: string;
  };
  chat: {
    chooseReader: string;
    empty: string;
    everyone: string;
    messages: string;
    new: (values: { count: number }) => string;
    notDelivered: string;
    onlyTo: (values: { name: string }) => string;
    onlyYou: string;
    readerGone: (values: { name: string }) => string;
    send: string;
    to: string;
    write: string;
    writeTo: (values: { name: string }) => string;
  };
  common: {
    cancel: string;
    close: string;
    copied: string;
    copy: string;
    done: string;
    dot: string;
    home: string;
    tryAgain: string;
    you: string;
    yourName: string;
  };
  consent: {
    changed: {
      cause: string;
      title: string;
    };
    devices: string;
    met: string;
    new: string;
    open: string;
    own: string;
    title: (values: { address: string }) => string;
    useNewKey: string;
    words: string;
    wordsBefore: string;
    wordsNow: string;
  };
  desk: {
    appointment: {
      create: string;
      failed: string;
      made: (values: { name: string }) => string;
      madeHint: string;
      name: string;
      nameMissing: string;
      new: string;
      title: string;
      titleExample: string;
      titleMissing: string;
      when: string;
      whenMissing: string;
    };
    call: {
      connecting: string;
      devices: string;
      hangUp: string;
      next: string;
      nextIs: (values: { name: string }) => string;
      nobodyNext: string;
      offline: string;
      offlineHint: string;
      reconnecting: (values: { name: string }) => string;
      time: string;
      tryNow: string;
      waiting: (values: { count: number }) => string;
    };
    checking: string;
    client: string;
    elsewhere: {
      cause: string;
      title: string;
    };
    here: string;
    list: {
      done: string;
      expected: string;
      failed: (values: { name: string }) => string;
      gone: (values: { name: string }) => string;
      hungUp: (values: { name: string }) => string;
      join: string;
      joinWho: (values: { name: string }) => string;
      nobody: string;
      nobodyElse: string;
      nobodyOwn: string;
      notHere: string;
      offline: string;
      offlineHint: string;
      since: (values: { time: string }) => string;
      sinceFor: (values: { time: string; waited: string }) => string;
      waiting: string;
    };
    noLink: {
      cause: string;
      title: string;
    };
    open: string;
    openHint: string;
    over: {
      cause: (values: { name: string; title: string }) => string;
      comeBack: string;
      title: string;
    };
    plainTitle: string;
    professional: string;
    refused: {
      cause: string;
      title: string;
    };
    room: string;
    roomOf: (values: { name: string }) => string;
    title: (values: { name: string }) => string;
    wait: {
      announce: string;
      for: (values: { time: string }) => string;
      getReady: string;
      getReadyWhy: (values: { name: string }) => string;
      notThere: (values: { name: string }) => string;
      notThereWhy: string;
      offline: string;
      offlineWhy: string;
      ready: string;
      stop: string;
      told: (values: { name: string }) => string;
      toldWhy: string;
      with: (values: { name: string }) => string;
      without: string;
    };
    waitingTitle: (values: { count: number }) => string;
  };
  desktop: {
    ADDRESS_UNUSABLE: {
      cause: string;
      title: string;
    };
    BAD_REQUEST: {
      cause: string;
      title: string;
    };
    CONSENT_REQUIRED: {
      cause: string;
      title: string;
    };
    DATA_FOLDER_UNUSABLE: {
      cause: string;
      title: string;
    };
    DATA_IN_USE: {
      cause: string;
      title: string;
    };
    DATA_TOO_NEW: {
      cause: string;
      title: string;
    };
    HOST_FAILED: {
      cause: string;
      title: string;
    };
    INTERNAL: {
      cause: string;
      title: string;
    };
    KEY_CHANGED: {
      cause: string;
      title: string;
    };
    KEY_DAMAGED: {
      cause: string;
      title: string;
    };
    KEY_UNCONFIRMED: {
      cause: string;
      title: string;
    };
    MEDIA_PORT_IN_USE: {
      cause: string;
      title: string;
    };
    NOT_A_LINK: {
      cause: string;
      title: string;
    };
    PORT_FORBIDDEN: {
      cause: string;
      title: string;
    };
    PORT_IN_USE: {
      cause: string;
      title: string;
    };
    UNREACHABLE: {
      cause: string;
      title: string;
    };
    WORKER_FAILED: {
      cause: string;
      title: string;
    };
  };
  devices: {
    cameraOff: string;
    choose: {
      camera: string;
      microphone: string;
      speaker: string;
    };
    chooseAnother: string;
    mute: string;
    names: {
      camera: string;
      microphone: string;
      speaker: string;
    };
    none: {
      camera: string;
      microphone: string;
      speaker: string;
    };
    opening: string;
    problems: {
      camera: {
        denied: {
          cause: string;
          title: string;
        };
        ended: {
          cause: string;
          title: string;
        };
        failed: {
          cause: string;
          title: string;
        };
        'in-use': {
          cause: string;
          title: string;
        };
        missing: {
          cause: string;
          title: string;
        };
      };
      microphone: {
        denied: {
          cause: string;
          title: string;
        };
        ended: {
          cause: string;
          title: string;
        };
        failed: {
          cause: string;
          title: string;
        };
        'in-use': {
          cause: string;
          title: string;
        };
        missing: {
          cause: string;
          title: string;
        };
      };
    };
    refused: {
      denied: (values: { device: string }) => string;
      failed: (values: { device: string }) => string;
      'in-use': (values: { device: string }) => string;
      kept: (values: { device: string }) => string;
      missing: (values: { device: string }) => string;
    };
    startCamera: string;
    stopCamera: string;
    testSpeaker: string;
    testing: string;
    title: string;
    unmute: string;
  };
  discovery: {
    announce: string;
    announceHint: string;
    look: string;
    title: string;
  };
  ended: {
    askAgain: string;
    left: string;
    leftAfter: (values: { room: string; time: string }) => string;
    rejoin: string;
  };
  home: {
    at: (values: { computer: string }) => string;
    back: string;
    backHint: string;
    cannotHost: (values: { computer: string }) => string;
    host: string;
    hostAt: (values: { computer: string }) => string;
    hostHere: string;
    join: string;
    joinWithLink: string;
    notALink: string;
    notReady: string;
    onClipboard: string;
    ready: (values: { computer: string }) => string;
    recent: string;
    recentEmpty: string;
    room: string;
    roomOf: (values: { name: string }) => string;
    settings: string;
  };
  invite: {
    again: string;
    copyFailed: string;
    copyText: string;
    link: string;
    noLink: string;
    noQr: string;
    opened: string;
    qr: string;
    scan: string;
    subtitle: (values: { computer: string; room: string }) => string;
    text: (values: { link: string; room: string }) => string;
    textWithWords: (values: { link: string; room: string; words: string }) => string;
    title: string;
    words: string;
    wordsHint: string;
  };
  keys: {
    camera: string;
    chat: string;
    close: string;
    escape: string;
    hand: string;
    help: string;
    hint: string;
    leave: string;
    microphone: string;
    people: string;
    react: string;
    share: string;
    shift: string;
    title: string;
  };
  leaving: {
    end: string;
    failed: string;
    handOver: string;
    handOverAndLeave: string;
    handsOver: (values: { name: string }) => string;
    leave: string;
    noStandIn: string;
    nobody: string;
    others: (values: { count: number }) => string;
    standIn: (values: { name: string }) => string;
    title: string;
  };
  links: {
    anyone: string;
    copyWho: (values: { name: string }) => string;
    failed: string;
    hint: string;
    name: string;
    new: string;
    none: string;
    over: {
      expired: string;
      revoked: string;
    };
    revoke: string;
    revokeWho: (values: { name: string }) => string;
    role: string;
    roles: {
      client: string;
      'co-host': string;
      host: string;
      participant: string;
      professional: string;
      viewer: string;
    };
    title: string;
    used: (values: { name: string; when: string }) => string;
  };
  lobby: {
    admit: string;
    admitAll: string;
    admitWho: (values: { name: string }) => string;
    arrived: (values: { name: string }) => string;
    deny: string;
    denyWho: (values: { name: string }) => string;
    for: (values: { time: string }) => string;
    list: string;
    nobody: string;
    nobodyWhy: string;
    notSent: string;
    note: string;
    noteHint: string;
    send: string;
    sent: string;
    show: (values: { count: number }) => string;
    since: (values: { time: string }) => string;
    stop: string;
    title: (values: { count: number }) => string;
    told: string;
    toldWhy: string;
  };
  meeting: {
    alone: string;
    chat: string;
    chatUnread: (values: { count: number }) => string;
    controls: string;
    invite: string;
    leave: string;
    more: string;
    moreUnread: string;
    people: (values: { count: number }) => string;
    react: string;
    share: string;
    soundBlocked: string;
    stopSharing: string;
    time: string;
    turnSoundOn: string;
    videos: string;
  };
  moderation: {
    actions: (values: { name: string }) => string;
    askToUnmute: string;
    askedToUnmute: (values: { name: string }) => string;
    cameraStopped: string;
    failed: string;
    handOver: string;
    handing: {
      cause: string;
      handOver: string;
      title: (values: { name: string }) => string;
    };
    lowerHand: string;
    makeCoHost: string;
    mute: string;
    muteAll: string;
    muted: string;
    notAllowed: {
      chat: string;
      react: string;
      share: string;
      unmute: string;
    };
    remove: string;
    removing: {
      asks: string;
      cause: string;
      comeBack: string;
      remove: string;
      title: (values: { name: string }) => string;
      turnOn: string;
    };
    shareStopped: string;
    stopShare: string;
    stopVideo: string;
    takeBack: string;
    unmute: string;
    unmuteAsked: string;
  };
  more: {
    devices: string;
    invite: string;
    keyboard: string;
    room: string;
    settings: string;
  };
  nearby: {
    empty: string;
    locked: string;
    looking: string;
    meeting: string;
    needsLink: string;
    noNetwork: string;
    off: string;
    otherKey: (values: { computer: string }) => string;
    participants: (values: { count: number }) => string;
    sharesName: (values: { computer: string }) => string;
    title: string;
  };
  panel: {
    chat: string;
    choose: string;
    people: (values: { count: number }) => string;
  };
  people: {
    alone: string;
    message: (values: { name: string }) => string;
    roles: {
      'co-host': string;
      host: string;
      participant: string;
      viewer: string;
    };
    title: string;
    you: (values: { name: string }) => string;
  };
  picker: {
    choose: string;
    denied: {
      cause: string;
      title: string;
    };
    looking: string;
    motion: string;
    motionHint: string;
    noPicture: string;
    none: string;
    openSettings: string;
    quality: string;
    screens: string;
    seesScreen: string;
    seesWindow: string;
    share: {
      screen: string;
      window: string;
    };
    sound: string;
    text: string;
    textHint: string;
    title: string;
    windows: string;
  };
  prejoin: {
    askToJoin: string;
    at: (values: { computer: string }) => string;
    count: (values: { count: number }) => string;
    join: string;
    joinWithoutBoth: string;
    joinWithoutCamera: string;
    joinWithoutMicrophone: string;
    joining: string;
    lobby: string;
    locked: string;
    looking: string;
    nameGiven: string;
    nameMissing: string;
    passcode: string;
    passcodeLimited: string;
    passcodeMissing: string;
    passcodeWrong: string;
    pinned: string;
    preview: string;
    watching: string;
    wordsQuestion: string;
    wordsWhy: string;
  };
  problems: {
    BAD_REQUEST: {
      cause: string;
      title: string;
    };
    CANNOT_CONSUME: {
      cause: string;
      title: string;
    };
    CLOSED: {
      cause: string;
      title: string;
    };
    CONFLICT: {
      cause: string;
      title: string;
    };
    DENIED: {
      cause: string;
      title: string;
    };
    FORBIDDEN: {
      cause: string;
      title: string;
    };
    FULL: {
      cause: string;
      title: string;
    };
    INTERNAL: {
      cause: string;
      title: string;
    };
    LIMIT: {
      cause: string;
      title: string;
    };
    LOCKED: {
      cause: string;
      title: string;
    };
    MEDIA_RESTARTING: {
      cause: string;
      title: string;
    };
    NOT_FOUND: {
      cause: string;
      title: string;
    };
    NOT_HOSTING: {
      cause: string;
      title: string;
    };
    NOT_JOINED: {
      cause: string;
      title: string;
    };
    PASSCODE: {
      cause: string;
      title: string;
    };
    RATE_LIMITED: {
      cause: string;
      title: string;
    };
    REMOVED: {
      cause: string;
      title: string;
    };
    UNAUTHORIZED: {
      cause: string;
      title: string;
    };
    UNREACHABLE: {
      cause: string;
      title: string;
    };
    UNSUPPORTED: {
      cause: string;
      title: string;
    };
    VERSION: {
      cause: string;
      title: string;
    };
    WAITING: {
      cause: string;
      title: string;
    };
  };
  react: {
    emoji: {
      '❤️': string;
      '🎉': string;
      '👍': string;
      '👏': string;
      '😂': string;
      '😮': string;
    };
    lowerHand: string;
    raiseHand: string;
    title: string;
  };
  reconnecting: {
    hint: string;
    title: string;
    tryNow: string;
  };
  room: {
    change: string;
    chat: string;
    entry: string;
    failed: string;
    isLocked: string;
    link: string;
    linkHint: string;
    locked: string;
    lockedHint: string;
    may: string;
    modeHints: {
      everyone: string;
      off: string;
      uninvited: string;
    };
    modes: {
      everyone: string;
      off: string;
      uninvited: string;
    };
    newLink: string;
    newLinkMade: string;
    newLinkWarning: string;
    newPasscode: string;
    passcode: string;
    passcodeOff: string;
    passcodeOn: string;
    passcodeSet: string;
    react: string;
    removePasscode: string;
    rename: string;
    set: string;
    share: string;
    title: string;
    unmute: string;
  };
  settings: {
    language: string;
    systemLanguage: string;
    theme: string;
    themes: {
      dark: string;
      light: string;
      system: string;
    };
    title: string;
  };
  share: {
    motion: string;
    motionHint: string;
    problems: {
      denied: string;
      ended: string;
      failed: string;
      'in-use': string;
      missing: string;
    };
    sharing: string;
    sharingHint: string;
    text: string;
    textHint: string;
    title: string;
  };
  tile: {
    handRaised: string;
    lost: string;
    muted: string;
    ownScreen: string;
    reacted: (values: { emoji: string }) => string;
    screenOf: (values: { name: string }) => string;
    showLarge: (values: { name: string }) => string;
    speaking: string;
  };
  toast: {
    cameraProblem: string;
    devices: string;
    failed: string;
    hand: (values: { name: string }) => string;
    joined: (values: { name: string }) => string;
    left: (values: { name: string }) => string;
    message: (values: { name: string; text: string }) => string;
    micProblem: string;
    open: string;
    privately: (values: { name: string; text: string }) => string;
    shares: (values: { name: string }) => string;
    show: string;
  };
}
