import { connect } from './socketio.ts';

/**
 * How long a chat message takes from its sender until the last of `count` participants has received it. The
 * participants send in turn, because one of them alone would exceed the rate limit.
 *
 * @returns ms, one per message
 */
export async function fanOut(
  origin: string,
  roomId: string,
  { count, messages }: { count: number; messages: number },
): Promise<number[]> {
  const lines = [];
  for (let index = 0; index < count; index++) {
    const line = await connect(origin);
    await line.ask('joinRoom', { roomId, userName: `Person ${index}` });
    lines.push(line);
  }
  const taken: number[] = [];
  for (let index = 0; index < messages; index++) {
    const heard = lines.map(({ socket }) => new Promise((resolve) => socket.once('newMessage', resolve)));
    const began = performance.now();
    const sent = lines[index % count]?.ask('sendMessage', { roomId, message: `Message ${index}` });
    await Promise.all(heard);
    taken.push(performance.now() - began);
    await sent;
  }
  for (const { socket } of lines) socket.disconnect();
  return taken;
}
