import type { RecordingFolder, ReadAttachment } from '@vaxel/core'
import { SmtpSender } from '@vaxel/connect'
import { createMail } from '@vaxel/features/mail'
import { createRecording } from '@vaxel/features/recording'
import { createVoicemail } from '@vaxel/features/voicemail'
import { sealedSoundReader, sealWav } from '@vaxel/media'
import { ownHost } from '../own-name.ts'
import { type Ground, webAddress } from './ground.ts'
import type { Phones } from './phones.ts'
import type { Transport } from './transport.ts'

export type KeptSound = Awaited<ReturnType<typeof startKeptSound>>

/** Recordings and voice messages, and the mail that brings them to people. */
export async function startKeptSound(
  ground: Ground,
  { engine }: Pick<Transport, 'engine'>,
  { notices }: Pick<Phones, 'notices'>,
  recordingFolder: RecordingFolder,
) {
  const { configuration, store, clock, log, scope, later } = ground
  /** By the first word of a reference. */
  const attachments: Record<string, ReadAttachment> = {}
  const readAttachment: ReadAttachment = async (companyId, reference) =>
    attachments[reference.split(' ', 1)[0] ?? '']?.(companyId, reference)
  const mail = createMail({
    mails: store.mails,
    ...(configuration.smtp ? { sender: new SmtpSender(configuration.smtp, readAttachment) } : {}),
    host: ownHost(configuration),
    clock,
    log,
  })
  scope.add(() => mail.close())
  await mail.start()
  const recording = createRecording({
    ...store,
    recordingFolder,
    engine,
    clock,
    log,
    mailer: mail.mailer,
    baseUrl: webAddress(configuration),
  })
  later.recording = recording
  attachments['recording'] = recording.attachment
  const cut = await recording.start()
  if (cut > 0) log.warn('recordings ran when the platform stopped; they end where their files do', { recordings: cut })
  const voicemail = createVoicemail({
    ...store,
    tell: (...told) => later.tellBrowsers?.(...told),
    store: store.voicemail,
    files: store.voiceFiles({ open: sealedSoundReader.open, write: sealWav }),
    notices,
    clock,
    log,
    mailer: () => mail.mailer,
    baseUrl: webAddress(configuration),
  })
  attachments['voicemail'] = voicemail.attachment
  scope.add(() => voicemail.close())
  await voicemail.start()
  return { attachments, mail, recording, voicemail }
}
