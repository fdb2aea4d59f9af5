import { MAX_CODEC_VARIANTS } from '../../../../src-shared/limits.ts';
import type { RtpCapabilities } from '../../../../src-shared/protocol/index.ts';

type Codec = NonNullable<RtpCapabilities['codecs']>[number];

/**
 * What of a receiver's capabilities matters for a producer: the codecs that are sent, and of these
 * only what the router offers too. mediasoup copies and checks all that it is given, for each
 * consumer, and a message may name far more than any device has.
 *
 * @param mimeTypes of what is sent, in lower case
 * @returns of each codec the first `MAX_CODEC_VARIANTS`, and as many of their retransmissions (RFC 4588)
 */
export function commonCapabilities(
  receiver: RtpCapabilities,
  router: RtpCapabilities,
  mimeTypes: readonly string[],
): RtpCapabilities {
  const { codecs = [], headerExtensions = [] } = receiver;
  const offered = router.codecs ?? [];
  const sent = offered.filter(({ mimeType }) => mimeTypes.includes(mimeType.toLowerCase()));
  const media = sent.flatMap((own) => variants(own, codecs));
  const payloadTypes = new Set<unknown>(media.map(({ preferredPayloadType }) => preferredPayloadType));
  const ofMedia = codecs.filter(({ parameters }) => payloadTypes.has(parameters?.['apt']));
  // One of the router's stands for all: they differ only in what they belong to.
  const retransmission = offered.find(isRetransmission);
  return {
    codecs: retransmission ? [...media, ...variants(retransmission, ofMedia)] : media,
    headerExtensions: (router.headerExtensions ?? []).filter((own) =>
      headerExtensions.some(({ uri, preferredId }) => uri === own.uri && preferredId === own.preferredId),
    ),
  };
}

export function isRetransmission({ mimeType }: { readonly mimeType: string }): boolean {
  return mimeType.toLowerCase().endsWith('/rtx');
}

/** Those of the same mime type, each with no more parameters and feedback than the router's `own`. */
function variants(own: Codec, codecs: readonly Codec[]): Codec[] {
  return codecs
    .filter(({ mimeType }) => mimeType.toLowerCase() === own.mimeType.toLowerCase())
    .slice(0, MAX_CODEC_VARIANTS)
    .map((codec) => ({
      ...codec,
      parameters: Object.fromEntries(
        Object.entries(codec.parameters ?? {}).filter(([name]) => Object.hasOwn(own.parameters ?? {}, name)),
      ),
      rtcpFeedback: (own.rtcpFeedback ?? []).filter((feedback) =>
        codec.rtcpFeedback?.some(
          ({ type, parameter = '' }) => type === feedback.type && parameter === (feedback.parameter ?? ''),
        ),
      ),
    }));
}
