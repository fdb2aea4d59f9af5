import { describe, expect, it } from 'vitest';
import { MAX_ANNOUNCED_VERSION_LENGTH, MAX_NAME_LENGTH } from '../../../src-shared/limits.ts';
import { hostNameOf, instanceOf, readTxt, txtOf } from './service.ts';
import { FINGERPRINT } from './testing.ts';

const host = { name: 'Reading room', version: '0.1.0', fingerprint: FINGERPRINT };
const txt = (more: Record<string, string>) =>
  Object.entries({ txtvers: '1', name: 'x', version: '1', fp: FINGERPRINT, ...more }).map(
    ([key, value]) => `${key}=${value}`,
  );

describe('the TXT record', () => {
  it('says name, version and key, and nothing else', () => {
    expect(txtOf(host)).toEqual(['txtvers=1', 'name=Reading room', 'version=0.1.0', `fp=${FINGERPRINT}`]);
    expect(readTxt(txtOf(host))).toEqual(host);
  });

  it('is read in any order, with keys in any case, and further ones', () => {
    expect(
      readTxt([`FP=${FINGERPRINT}`, 'Version=0.1.0', 'name=a=b', 'name=second', 'flag', '=x', 'txtvers=1']),
    ).toEqual({
      ...host,
      name: 'a=b',
    });
  });

  it.each([
    ['no key', txt({ fp: '' })],
    ['a key that is none', txt({ fp: `${FINGERPRINT}A` })],
    ['another version of the record', txt({ txtvers: '2' })],
    ['no name', txt({ name: ' ' })],
    ['a name that turns the text around', txt({ name: 'moc.elpmaxe\u202E' })],
    ['a name of several lines', txt({ name: 'Reading\nroom' })],
    ['a version that is text', txt({ version: 'see http://x' })],
    ['nothing', []],
  ])('with %s is no host’s', (_what, strings) => {
    expect(readTxt(strings)).toBeNull();
  });

  it('has bounds for name and version', () => {
    const long = (length: number) => 'x'.repeat(length);
    expect(readTxt(txt({ name: long(MAX_NAME_LENGTH) }))).not.toBeNull();
    expect(readTxt(txt({ name: long(MAX_NAME_LENGTH + 1) }))).toBeNull();
    expect(readTxt(txt({ version: long(32) }))).not.toBeNull();
    expect(readTxt(txt({ version: long(33) }))).toBeNull();
    expect(MAX_ANNOUNCED_VERSION_LENGTH).toBe(32);
  });
});

describe('names', () => {
  it('are the host’s own, with a number where another host has it', () => {
    expect(instanceOf('Reading room', 1)).toBe('Reading room._parley._tcp.local');
    expect(instanceOf('Reading room', 2)).toBe('Reading room (2)._parley._tcp.local');
  });

  it('fit into one label, of whole characters and without a full stop', () => {
    expect(instanceOf('Dr. Who', 1)).toBe('Dr  Who._parley._tcp.local');
    const [label = ''] = instanceOf('ü'.repeat(64), 12).split('._parley');
    expect(label).toBe(`${'ü'.repeat(29)} (12)`);
    expect(Buffer.byteLength(label)).toBeLessThanOrEqual(63);
  });

  it('of the address come from the key: the system’s responder has the computer’s name', () => {
    expect(hostNameOf(FINGERPRINT)).toBe('parley-434485d6997de2e0.local');
  });
});
