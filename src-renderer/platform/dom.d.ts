/** What browsers have and TypeScript's DOM library does not know yet. */

/** https://w3c.github.io/mediacapture-screen-share/#displaymediastreamoptions */
interface DisplayMediaStreamOptions {
  systemAudio?: 'include' | 'exclude';
  selfBrowserSurface?: 'include' | 'exclude';
  surfaceSwitching?: 'include' | 'exclude';
}

/** https://w3c.github.io/mediacapture-screen-share/#dom-mediatrackconstraintset-restrictownaudio */
interface MediaTrackConstraintSet {
  restrictOwnAudio?: ConstrainBoolean;
}

/** https://wicg.github.io/document-picture-in-picture/ */
interface Window {
  readonly documentPictureInPicture?: { readonly window: Window | null };
}

/** https://www.w3.org/TR/clipboard-apis/#clipboard-permissions */
interface Permissions {
  query(descriptor: { name: 'clipboard-read' }): Promise<PermissionStatus>;
}
