/** Intercepts a page's requests: serves the app's scheme, and blocks navigation that the app refuses. */
import type { Target } from '../chromium/connection.ts';
import type { Protocol } from '../chromium/protocol.ts';
import { ownAddressPatterns, toApp } from '../session/addresses.ts';
import { serve } from '../session/serving.ts';
import type { SchemeHandler } from '../session/serving.ts';

export interface Navigation {
  url: string;
  isMainFrame: boolean;
  isSameDocument: false;
}

export interface Guard {
  handlerOf: (scheme: string) => SchemeHandler | undefined;
  /** Id of the page's top frame. */
  mainFrame: string;
  mayNavigate: (navigation: Navigation) => boolean;
  mayRedirect: (navigation: Navigation) => boolean;
}

export async function guardPage(target: Target, guard: Guard): Promise<void> {
  target.on('Fetch.requestPaused', (paused) => {
    // Requests of a page that has closed fail.
    guardRequest(target, guard, paused).catch(() => undefined);
  });
  // Its workers' requests come here too.
  await target.send('Fetch.enable', {
    patterns: [...ownAddressPatterns(), { urlPattern: '*', resourceType: 'Document' }],
  });
}

async function guardRequest(target: Target, guard: Guard, paused: Protocol.Fetch.requestPausedPayload): Promise<void> {
  const { requestId, resourceType, frameId, redirectedRequestId } = paused;
  if (resourceType === 'Document') {
    const url = toApp(paused.request.url);
    const navigation = { url, isMainFrame: frameId === guard.mainFrame, isSameDocument: false as const };
    const may = redirectedRequestId === undefined ? guard.mayNavigate : guard.mayRedirect;
    if (!may(navigation)) {
      await target.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
  }
  await serve(target, paused, guard.handlerOf);
}
