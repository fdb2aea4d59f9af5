import { type ScryptOptions, createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import { Appointment, InviteRole } from '../../../src-shared/protocol/index.ts';
import { Id, RoomId, UserName } from '../../../src-shared/protocol/values/primitives.ts';
import type { Tokens } from '../meeting/ports.ts';

const ALGORITHM = 'HS256';
const TYPE = 'parley-invite+jwt';
const ISSUER = 'parley';

/** What a token carries (RFC 7519); times in seconds. */
const Claims = v.object({
  jti: Id,
  room: RoomId,
  role: InviteRole,
  name: v.exactOptional(UserName),
  nbf: v.exactOptional(v.number()),
  exp: v.exactOptional(v.number()),
  appointment: v.exactOptional(Appointment),
});

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** RFC 7914. Each guess takes 16 MiB and some 50 ms of one core. */
const SCRYPT: ScryptOptions = { N: 16_384, r: 8, p: 1 };

/** Loaded when there is an invite to make or to read: most meetings need none. */
const jose = () => import('jose');

/** Signs and reads invites, and hashes what else must not be kept as it is. @param secret 256 bits that this host alone knows */
export function createTokens(secret: Uint8Array): Tokens {
  return {
    hash: (text) => createHash('sha256').update(text).digest('base64url'),

    async hashPasscode(passcode) {
      const salt = randomBytes(SALT_BYTES);
      return Buffer.concat([salt, await slowHash(passcode, salt)]).toString('base64url');
    },

    async isPasscode(passcode, hash) {
      const bytes = Buffer.from(hash, 'base64url');
      const [salt, expected] = [bytes.subarray(0, SALT_BYTES), bytes.subarray(SALT_BYTES)];
      const actual = await slowHash(passcode, salt);
      return actual.length === expected.length && timingSafeEqual(actual, expected);
    },

    async sign({ id, roomId, role, name, notBefore, expires, appointment }) {
      const { SignJWT } = await jose();
      const token = new SignJWT({ room: roomId, role, ...(name && { name }), ...(appointment && { appointment }) })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(ISSUER)
        .setJti(id);
      if (notBefore !== undefined) token.setNotBefore(notBefore / 1000);
      if (expires !== undefined) token.setExpirationTime(expires / 1000);
      return token.sign(secret);
    },

    async read(token, now) {
      const { errors, jwtVerify } = await jose();
      try {
        const options = { algorithms: [ALGORITHM], typ: TYPE, issuer: ISSUER, currentDate: new Date(now) };
        const { payload } = await jwtVerify(token, secret, options);
        const claims = v.safeParse(Claims, payload);
        if (!claims.success) return null;
        const { jti, room, nbf, exp, ...content } = claims.output;
        return {
          ...content,
          id: jti,
          roomId: room,
          ...(nbf !== undefined && { notBefore: nbf * 1000 }),
          ...(exp !== undefined && { expires: exp * 1000 }),
        };
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}

/** Not in this thread. */
function slowHash(passcode: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same text typed on another system may be composed differently.
    scrypt(passcode.normalize('NFC'), salt, HASH_BYTES, SCRYPT, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}
