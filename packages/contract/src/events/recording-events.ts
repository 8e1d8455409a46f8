import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const recording = Type.String({ description: 'The recording.' })
const leg = Type.String({ description: 'The leg.' })
const userId = Type.Optional(Type.String({ description: 'Who did it; absent: the platform.' }))
const sha256 = Type.Optional(Type.String({ description: 'Of the sealed file, hexadecimal.' }))

/** What becomes of recordings. */
export const recordingEvents: readonly EventKind[] = [
  {
    kind: 'recording.started',
    summary: 'What a leg says and hears is being recorded; `file` is relative to the data folder.',
    audience: 'participants',
    data: Type.Object({
      recording,
      leg,
      file: Type.String(),
      trigger: Type.Optional(Type.String({ description: '`rule` or `demand`.' })),
    }),
  },
  {
    kind: 'recording.ended',
    summary:
      'A recording is complete. `hash` is its link in the company’s chain, made of the one before and its file’s SHA-256.',
    audience: 'participants',
    data: Type.Object({
      recording,
      leg,
      file: Type.String(),
      durationMs: Type.Number(),
      end: Type.Optional(
        Type.String({
          description: '`stopped`, `gone` (with its leg), `failed`, `cut` (the server stopped) or `lost`.',
        }),
      ),
      lostMs: Type.Optional(Type.Number({ description: 'What the disk did not take.' })),
      sha256,
      index: Type.Optional(Type.Number({ description: 'Place in the chain.' })),
      hash: Type.Optional(Type.String()),
      previous: Type.Optional(Type.String()),
    }),
  },
  {
    kind: 'recording.failed',
    summary: 'A connection that should have been recorded is not.',
    audience: 'participants',
    data: Type.Object({ leg, reason: Type.String(), recording: Type.Optional(recording) }),
  },
  {
    kind: 'recording.troubled',
    summary:
      'The disk is full or too slow: a recording loses sound. The call goes on, unless its company wants no call without a recording.',
    audience: 'participants',
    data: Type.Object({ recording, leg, reason: Type.String() }),
  },
  {
    kind: 'recording.paused',
    summary: 'A recording was paused: what is said from here on is in no file.',
    audience: 'participants',
    data: Type.Object({ recording, leg, atMs: Type.Number({ description: 'Where in the recording.' }) }),
  },
  {
    kind: 'recording.resumed',
    summary: 'A recording goes on after a pause.',
    audience: 'participants',
    data: Type.Object({ recording, leg, atMs: Type.Number({ description: 'Where in the recording.' }) }),
  },
  {
    kind: 'recording.played',
    summary: 'Somebody listened to a recording.',
    audience: 'supervisor',
    data: Type.Object({ recording, userId }),
  },
  {
    kind: 'recording.downloaded',
    summary: 'Somebody saved the sound of a recording.',
    audience: 'supervisor',
    data: Type.Object({ recording, userId }),
  },
  {
    kind: 'recording.mailed',
    summary: 'A recording was mailed, as a link or attached.',
    audience: 'supervisor',
    data: Type.Object({
      recording,
      to: Type.Array(Type.String()),
      form: Type.String({ description: '`link` or `attachment`.' }),
    }),
  },
  {
    kind: 'recording.held',
    summary: 'A recording is kept from being deleted.',
    audience: 'supervisor',
    data: Type.Object({ recording, userId, reason: Type.String() }),
  },
  {
    kind: 'recording.released',
    summary: 'The hold on a recording was ended.',
    audience: 'supervisor',
    data: Type.Object({ recording, userId }),
  },
  {
    kind: 'recording.deleted',
    summary:
      'A recording was deleted: its key is gone with this entry, its file right after. Its link stays in the chain.',
    audience: 'supervisor',
    data: Type.Object({ recording, userId, reason: Type.String(), sha256, hash: Type.Optional(Type.String()) }),
  },
  {
    kind: 'recording.policyChanged',
    summary: 'What the company wants of recording was changed.',
    audience: 'administrator',
    data: Type.Object({ userId, before: Type.Unknown(), after: Type.Unknown() }),
  },
  {
    kind: 'recording.keyRenewed',
    summary: 'The keys of all recordings were sealed with a new key of the company; the old one is gone.',
    audience: 'administrator',
    data: Type.Object({ userId, resealed: Type.Number() }),
  },
  {
    kind: 'recording.verified',
    summary: 'The chain of recordings and their files were checked.',
    audience: 'administrator',
    data: Type.Object({ userId, checked: Type.Number(), faults: Type.Number() }),
  },
  {
    kind: 'recording.reconciled',
    summary: 'The talk of a day was held against its recordings.',
    audience: 'supervisor',
    data: Type.Object({
      day: Type.String(),
      calls: Type.Number(),
      talkMs: Type.Number(),
      missingMs: Type.Number(),
      gaps: Type.Number(),
    }),
  },
]
