import { MAX_PASSCODE_TRIES_PER_MINUTE, MAX_TRACKED_ADDRESSES } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { AddressKey, Clock, Tokens } from '../ports.ts';
import { RateLimits } from '../../rates/rate-limit.ts';
import { sameSecret } from '../secret.ts';

/**
 * Whether what people show is the passcode of one room. Only wrong ones count, so that a class behind one address
 * can come in at once; those of one address are checked one after the other, so that none is checked before the last
 * has counted. The slow hashes of all addresses take turns, and one that was right before needs none.
 */
export class PasscodeCheck {
  readonly #tokens: Tokens;
  readonly #addressKey: AddressKey;
  readonly #wrong: RateLimits;
  /** The fast hash of the passcode, once somebody has shown it, and of which slow hash. */
  #known: { readonly hash: string; readonly of: string } | null = null;
  /** The last check of each address that has one running. */
  readonly #last = new Map<string, Promise<unknown>>();
  #lastHash: Promise<unknown> = Promise.resolve();

  constructor(options: { tokens: Tokens; clock: Clock; addressKey: AddressKey }) {
    this.#tokens = options.tokens;
    this.#addressKey = options.addressKey;
    const tries = MAX_PASSCODE_TRIES_PER_MINUTE;
    this.#wrong = new RateLimits(
      () => options.clock.now(),
      { burst: tries, perSecond: tries / 60 },
      MAX_TRACKED_ADDRESSES,
    );
  }

  /**
   * @param passcodeHash the slow hash of the room's passcode
   * @throws {ProtocolError} RATE_LIMITED: too many wrong ones from this address
   */
  accepts(passcode: string, passcodeHash: string, remoteAddress: string): Promise<boolean> {
    const address = this.#addressKey(remoteAddress);
    const before = this.#last.get(address) ?? Promise.resolve();
    const checking = before.then(() => this.#check(passcode, passcodeHash, address));
    const settled = checking.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(address, settled);
    void settled.then(() => {
      if (this.#last.get(address) === settled) this.#last.delete(address);
    });
    return checking;
  }

  async #check(passcode: string, passcodeHash: string, address: string): Promise<boolean> {
    if (!this.#wrong.has(address)) {
      throw new ProtocolError('RATE_LIMITED', 'Too many wrong passcodes from your address. Wait a minute.');
    }
    const hash = this.#tokens.hash(passcode);
    if (this.#known?.of === passcodeHash && sameSecret(hash, this.#known.hash)) return true;
    const hashing = this.#lastHash.then(() => this.#tokens.isPasscode(passcode, passcodeHash));
    this.#lastHash = hashing.catch(() => undefined);
    const right = await hashing;
    if (right) this.#known = { hash, of: passcodeHash };
    else this.#wrong.take(address);
    return right;
  }
}
