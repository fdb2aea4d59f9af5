/**
 * The Content-Security-Policy of the app's page. It talks to the one host its window was opened for,
 * and at home to nobody; scripts and styles come from the app alone.
 *
 * @param host `https://address:port`, or null at home
 */
export function securityPolicy(host: string | null): string {
  const connect = host === null ? "'self'" : `'self' ${host} ${host.replace(/^https:/, 'wss:')}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:",
    "worker-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
