/** A browser's SDP, shortened: the host does not read it. */
export const offer = { type: 'offer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n' };
export const answer = { ...offer, type: 'answer' };
export const candidate = {
  candidate: 'candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host generation 0 ufrag aBcD network-cost 999',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'aBcD',
};
