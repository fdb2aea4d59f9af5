import { expect, it } from 'vitest';
import { securityPolicy } from './security-policy.ts';

const directive = (policy: string, name: string) => policy.split('; ').find((part) => part.startsWith(`${name} `));

it('talks to nobody at home', () => {
  expect(directive(securityPolicy(null), 'connect-src')).toBe("connect-src 'self'");
});

it('talks to the one host of its meeting', () => {
  expect(directive(securityPolicy('https://192.168.1.5:7443'), 'connect-src')).toBe(
    "connect-src 'self' https://192.168.1.5:7443 wss://192.168.1.5:7443",
  );
});

it('runs no script but its own, and none made of text', () => {
  const policy = securityPolicy('https://192.168.1.5:7443');
  expect(directive(policy, 'default-src')).toBe("default-src 'none'");
  expect(directive(policy, 'script-src')).not.toMatch(/'unsafe-(inline|eval)'|https:|data:|\*/);
});
