/** Answers a page's requests for its own scheme with the app's handler. */
import type { Target } from '../chromium/connection.ts';
import type { Protocol } from '../chromium/protocol.ts';
import { toApp, toWeb } from './addresses.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

type Paused = Protocol.Fetch.requestPausedPayload;

/**
 * Lets a paused request go on, answered by `handler` if there is one for its scheme. As in Electron
 * the handler's failure is the request's.
 */
export async function serve(
  target: Target,
  { requestId, request }: Paused,
  handlerOf: (scheme: string) => SchemeHandler | undefined,
): Promise<void> {
  const url = toApp(request.url);
  const handler = handlerOf(url.slice(0, url.indexOf(':')));
  if (!handler) {
    await target.send('Fetch.continueRequest', { requestId });
    return;
  }
  try {
    const { method, headers, postData } = request;
    const response = await handler(
      new Request(url, { method, headers, ...(postData !== undefined && { body: postData }) }),
    );
    await target.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: headersOf(response),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  } catch (error) {
    console.error(`the handler of ${url} failed`, error);
    await target.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
  }
}

function headersOf(response: Response): { name: string; value: string }[] {
  return [...response.headers].map(([name, value]) => ({ name, value: name === 'location' ? toWeb(value) : value }));
}
