/** Runs in a page before its own scripts: a drawn person before its camera, a drawn document on its screen. */
import { portrait, sharedDocument } from './portraits.ts';

const seed = Number(window.name);
navigator.mediaDevices.getUserMedia = ({ video }: MediaStreamConstraints = {}) => {
  const sound = new AudioContext().createMediaStreamDestination().stream;
  return Promise.resolve(new MediaStream([...sound.getTracks(), ...(video ? portrait(seed).getTracks() : [])]));
};
navigator.mediaDevices.getDisplayMedia = () => Promise.resolve(sharedDocument('Season plan'));
