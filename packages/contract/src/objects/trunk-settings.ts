import Type from 'typebox'
import { Closed, OneOf, Text } from './common.ts'

const NumberCharacters = (description: string) =>
  Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9+*#]+$', description })

/** One rule of a trunk's rewriting of numbers. */
export const trunkRule = Closed({
  match: Text(
    60,
    'Digits, + * # as they are, X for any one digit, ... at the end for the rest; what is in round brackets is kept as $1 to $9.',
  ),
  gives: Text(60, 'What it becomes, e.g. +$1.'),
  examples: Type.Array(
    Closed({ given: NumberCharacters('A number.'), gives: NumberCharacters('What the whole list makes of it.') }),
    { maxItems: 20, description: 'At least one; tested whenever the trunk is saved.' },
  ),
})

const rules = (description: string) => Type.Optional(Type.Array(trunkRule, { maxItems: 100, description }))

/** A digest login as it is told: never with its password. */
const KnownLogin = Closed({ username: Text(128, 'User name of digest.') })

/** A digest login as it is set. Without a password the one that is kept stays. */
export const GivenLogin = Closed({
  username: Text(128, 'User name of digest.'),
  password: Type.Optional(Text(256, 'Kept sealed and never told again.')),
})

/** What a trunk may have besides its name, targets, sources, prefixes, prices, keying and channels. */
export const trunkSettings = {
  profile: OneOf(['provider', 'pbx', 'mediation', 'teams'], 'The profile that it was made from.'),
  login: { ...KnownLogin, description: 'What we prove ourselves with where the other side asks.' } as typeof KnownLogin,
  registration: Closed(
    {
      domain: Text(253, 'Domain of the address of record.'),
      user: Text(128, 'User part of the address of record.'),
      expiresSeconds: Type.Optional(
        Type.Integer({ minimum: 30, maximum: 86_400, description: 'Asked for; 600 if absent. The registrar decides.' }),
      ),
      outboundProxy: Type.Optional(
        Type.String({ minLength: 5, maxLength: 300, pattern: '^sips?:[^\\s<>"]+$', description: 'SIP URI for Route.' }),
      ),
    },
    { description: 'We register at the targets, so that the carrier finds us.' },
  ),
  incomingLogin: {
    ...KnownLogin,
    description: 'What the other side proves itself with, from wherever it calls.',
  } as typeof KnownLogin,
  certificateNames: Type.Array(Text(253, 'A host name.'), {
    maxItems: 20,
    description: "Names of verified TLS client certificates whose calls are this trunk's (RFC 5922).",
  }),
  tls: Closed(
    {
      ca: Type.Optional(
        Type.Array(Type.String({ minLength: 50, maxLength: 20_000 }), {
          maxItems: 10,
          description: "Authorities that the targets' certificates must come from, PEM; this machine's own if absent.",
        }),
      ),
      pins: Type.Optional(
        Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$', minLength: 64, maxLength: 64 }), {
          maxItems: 10,
          description:
            'SHA-256 of the certificates that the targets may have, hexadecimal; name and authority no longer count.',
        }),
      ),
      revocationLists: Type.Optional(
        Type.Array(Type.String({ minLength: 50, maxLength: 100_000 }), {
          maxItems: 4,
          description:
            'Whole revocation lists (RFC 5280 §5) of the authorities, PEM, or DER as base 64: certificates that stand there are refused, both ways. They do not count for pins.',
        }),
      ),
    },
    { description: 'Whom a TLS target must prove to be. There is no way not to verify.' },
  ),
  ownHost: Text(253, 'Our own name in Contact there, e.g. the name that Microsoft Teams knows us by.'),
  health: Closed(
    {
      intervalSeconds: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 3600, description: 'Between two OPTIONS; 0: none. 60 if absent.' }),
      ),
      deadStatuses: Type.Optional(
        Type.Array(Type.Integer({ minimum: 300, maximum: 699 }), {
          maxItems: 50,
          description: 'Answers that count as being down; 408, 502, 503 and 504 if absent.',
        }),
      ),
    },
    { description: 'How it is found out whether a target is there.' },
  ),
  answerWithinMs: Type.Integer({
    minimum: 300,
    maximum: 2000,
    description: 'How long a target may be silent about an INVITE before the next one is asked; 1500 if absent.',
  }),
  codecs: Type.Array(OneOf(['PCMA', 'PCMU', 'G722', 'opus'], 'A codec.'), {
    minItems: 1,
    maxItems: 4,
    uniqueItems: true,
    description: 'Offered and taken, in this order; PCMA, PCMU, G722, opus if absent.',
  }),
  dtmf: OneOf(['auto', 'info'], 'How digits go there. auto: telephone-event (RFC 4733) where agreed. info: SIP INFO.'),
  rewriting: Closed(
    {
      calledOut: rules('The called number of calls out.'),
      callingOut: rules("The caller's number of calls out."),
      calledIn: rules('The called number of calls in.'),
      callingIn: rules("The caller's number of calls in."),
    },
    { description: 'The first rule that matches is applied; a number that none matches stays as it is.' },
  ),
  identity: Closed(
    {
      headers: Type.Optional(
        Type.Array(
          OneOf(
            ['asserted', 'preferred', 'remoteParty'],
            'P-Asserted-Identity, P-Preferred-Identity, Remote-Party-ID.',
          ),
          { maxItems: 3, uniqueItems: true },
        ),
      ),
      number: Type.Optional(OneOf(['direct', 'main'], "The caller's direct number, or always the main one.")),
      from: Type.Optional(
        OneOf(['caller', 'account'], 'Who stands in From: the caller, or the account that registers.'),
      ),
      withheld: Type.Optional(
        OneOf(['told', 'hidden'], 'A withheld number is told to the carrier with Privacy: id, or to nobody.'),
      ),
      allowed: Type.Optional(
        Type.Array(Type.String({ minLength: 2, maxLength: 20, pattern: '^\\+[0-9]+$' }), {
          maxItems: 1000,
          description: 'Beginnings of numbers that may be shown; the main number is shown instead of any other.',
        }),
      ),
      host: Type.Optional(Text(253, "Host part of the identities; the company's domain if absent.")),
    },
    { description: 'What the other side is told of who calls.' },
  ),
  emergencyChannels: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description: 'Of the channels, how many only emergency calls may take.',
  }),
  sendsLocation: Type.Boolean({
    description:
      "Emergency calls bring the address of the caller's site (RFC 6442: Geolocation and a PIDF-LO in the body). Only where the carrier says that it takes it; where it refuses such a call, the call is sent again without.",
  }),
  spendPerDayMicros: Type.Integer({
    minimum: 0,
    maximum: 1_000_000_000_000_000,
    description: "Money that calls over it may cost in one day (UTC), millionths of the company's currency.",
  }),
}
