import { createConferences } from '@vaxel/features/conferences'
import { createFlows } from '@vaxel/features/flows'
import { createFtps } from '@vaxel/features/ftps'
import { createRecording } from '@vaxel/features/recording'
import { createVoicemail } from '@vaxel/features/voicemail'
import { sealedSoundReader, sealWav, sentences, wavLength } from '@vaxel/media'
import { FakeMediaEngine } from '../../../packages/testkit/src/calls/fake-media-engine.ts'
import type { Base } from './base.ts'
import type { OutgoingMail } from './centre.ts'
import { noHttp } from './fake-surroundings.ts'
import type { People } from './people.ts'

export type Voice = ReturnType<typeof buildVoice>

/** What answers, records and keeps, over an engine that hears nothing. */
export function buildVoice({ store, around }: Base, { push, directory }: People, { mail }: OutgoingMail) {
  const flows = createFlows({
    ...around,
    http: noHttp,
    mailer: mail.mailer,
    prompts: sentences,
    readWav: wavLength,
    presenceOf: () => undefined,
    spentTodayMicros: () => 0,
    isContact: async (companyId, number) =>
      (await directory.callerNames.nameOf(companyId, undefined, number)) !== undefined,
    record: async () => undefined,
  })
  const voicemail = createVoicemail({
    ...around,
    store: store.voicemail,
    files: store.voiceFiles({ open: sealedSoundReader.open, write: sealWav }),
    tell: push.tell,
    mailer: () => mail.mailer,
    baseUrl: 'https://api.test',
  })
  const conferences = createConferences({
    ...around,
    rooms: store.conferenceRooms,
    engine: new FakeMediaEngine(),
    sounds: { soundOf: async () => undefined, namesFolder: undefined },
  })
  const engine = new FakeMediaEngine()
  const recording = createRecording({
    ...around,
    recordingFolder: store.recordingFolder(sealedSoundReader),
    engine,
    mailer: mail.mailer,
    baseUrl: 'https://api.test',
  })
  const ftps = createFtps({
    ...around,
    accounts: store.ftpsAccounts,
    recordings: store.recordingFolder(sealedSoundReader),
    place: { host: 'voice.api.test', port: 21, implicitPort: 990, passivePorts: [30_000, 30_999] },
  })
  return { flows, voicemail, conferences, engine, recording, ftps }
}
