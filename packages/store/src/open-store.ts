import { type Clock, type Logger, type RandomBytes, Scope, systemRandom, type UserId } from '@vaxel/base'
import type {
  AuditReader,
  AgeErasers,
  PersonEraser,
  BindingStore,
  CalendarStore,
  CallLedger,
  CallShares,
  CentreStore,
  ChatFiles,
  ChatStore,
  ConferenceRoomStore,
  ContactStore,
  ConfigurationWriter,
  Credentials,
  Directory,
  CountedFeed,
  ExternalDirectoryStore,
  FavouriteStore,
  FigureStore,
  FlowStore,
  FtpsAccountStore,
  HistoryReader,
  IdentityStore,
  MailChannelStore,
  MailFiles,
  MailStore,
  OwedStore,
  PhotoStore,
  QualityStore,
  RecordingFolder,
  RecordingStore,
  SealedSoundReader,
  SessionStore,
  SiteStore,
  UserSettings,
  VoiceFiles,
  VoicemailStore,
  WebChatStore,
  WorkStore,
} from '@vaxel/core'
import type { Kysely } from 'kysely'
import { StoredBindings } from './binding-store.ts'
import { StoredCalendars } from './calendars/calendar-store.ts'
import { StoredChat } from './chat/chat-store.ts'
import { StoredConferenceRooms } from './conference-room-store.ts'
import { SealedFiles } from './chat/sealed-files.ts'
import { StoredCentres } from './contact-centre/centre-store.ts'
import { StoredWebChats } from './web-chat/web-chat-store.ts'
import { StoredWork } from './contact-centre/work-store.ts'
import { StoredFigures } from './centre-figures/figure-store.ts'
import { StoredQuality } from './centre-figures/quality-store.ts'
import { StoredConfiguration } from './configuration/configuration-writer.ts'
import { loadDirectory } from './configuration/load-directory.ts'
import { openSecretBox } from './configuration/secret-box.ts'
import { NodeCredentials } from './credentials.ts'
import { makeDataFolder } from './data-folder.ts'
import { noteDatabase } from './database-elsewhere.ts'
import { EventFan } from './event-fan.ts'
import { StoredFlows } from './flows/flow-store.ts'
import { StoredIdentity } from './identity-store.ts'
import { StoredAudit } from './ledger/audit-reader.ts'
import { StoredCallEraser } from './ledger/call-eraser.ts'
import { StoredCustomerEraser } from './contact-centre/customer-eraser.ts'
import { StoredMailEraser } from './mail-channel/mail-eraser.ts'
import { StoredPersonEraser } from './person/person-eraser.ts'
import { StoredCallLedger } from './ledger/call-ledger.ts'
import { StoredHistory } from './ledger/history-reader.ts'
import { JournalledDatabase } from './journal/journalled-database.ts'
import { openJournal } from './journal/open-journal.ts'
import { noJournalSentence, troubleSentence } from './journal/sentences.ts'
import { StoredFtpsAccounts } from './ftps-account-store.ts'
import { SealedMailFiles } from './mail-channel/mail-files.ts'
import { StoredMailChannel } from './mail-channel/mail-channel-store.ts'
import { StoredMails } from './mail-store.ts'
import { StoredOwed } from './owed-store.ts'
import { StoredContacts } from './people/contact-store.ts'
import { StoredExternalDirectories } from './people/external-directory-store.ts'
import { StoredFavourites } from './people/favourite-store.ts'
import { StoredPhotos } from './people/photo-store.ts'
import { StoredRecordings } from './recordings/recording-files.ts'
import { StoredRecordingStore } from './recordings/recording-store.ts'
import type { Schema } from './schema.ts'
import { StoredSessions } from './session-store.ts'
import { StoredSites } from './site-store.ts'
import { openEmbedded } from './sqlite/open-embedded.ts'
import { Transactor } from './transactor.ts'
import { StoredCallShares } from './call-share-store.ts'
import { StoredUserSettings } from './user-settings-store.ts'
import { type SealedSounds, StoredVoiceFiles } from './voicemail/voice-files.ts'
import { StoredVoicemail } from './voicemail/voicemail-store.ts'

export interface StoreOptions {
  /** The data folder; made if it is not there. */
  readonly folder: string
  /** `postgres://…`; without it the database is a file in the folder. */
  readonly databaseUrl?: string
  readonly clock: Clock
  readonly log: Logger
  readonly random?: RandomBytes
  /** Traced SIP messages that are kept; the oldest go first. */
  readonly mostMessages?: number
  /** Folder of the journal; the data folder unless said otherwise. */
  readonly journalFolder?: string
  /** What is set aside for the journal; 16 MiB unless said otherwise. */
  readonly journalBytes?: number
}

/** Everything that is kept on disk, behind the ports of core. */
export interface Store {
  readonly ledger: CallLedger
  readonly history: HistoryReader
  readonly erasers: AgeErasers
  readonly personEraser: PersonEraser
  /** When the last entry was written before this start; undefined in a new ledger. */
  readonly lastEntryMs: number | undefined
  readonly audit: AuditReader
  readonly feed: CountedFeed
  readonly bindings: BindingStore
  readonly directory: Directory
  readonly configuration: ConfigurationWriter
  readonly sessions: SessionStore
  readonly identity: IdentityStore
  readonly contacts: ContactStore
  readonly photos: PhotoStore
  readonly favourites: FavouriteStore
  readonly externalDirectories: ExternalDirectoryStore
  readonly credentials: Credentials
  /** What users set for themselves. */
  readonly settings: UserSettings
  readonly shares: CallShares
  readonly recordingStore: RecordingStore
  /** Sounds of recordings, sealed as the media engine seals. */
  recordingFolder(sounds: SealedSoundReader): RecordingFolder
  readonly sites: SiteStore
  readonly mails: MailStore
  /** What the platform has said it will do, and does also after a restart. */
  readonly owed: OwedStore
  readonly mailChannel: MailChannelStore
  readonly mailFiles: MailFiles
  readonly flows: FlowStore
  readonly centres: CentreStore
  readonly work: WorkStore
  readonly webChats: WebChatStore
  readonly figures: FigureStore
  readonly quality: QualityStore
  readonly ftpsAccounts: FtpsAccountStore
  readonly calendars: CalendarStore
  readonly conferenceRooms: ConferenceRoomStore
  readonly chat: ChatStore
  readonly chatFiles: ChatFiles
  readonly voicemail: VoicemailStore
  /** Sounds of mailboxes, sealed as the media engine seals. */
  voiceFiles(sounds: SealedSounds): VoiceFiles
  readonly clock: Clock
  readonly random: RandomBytes
  /** Resolves when the database answers both ways and writing works; rejects with the reason otherwise. */
  check(): Promise<void>
  /** What is wrong although the server works, a sentence each. */
  warnings(): readonly string[]
  /** Units of work that are not yet durable. */
  queued(): number
  /** Writes what is batched, then lets the folder go. */
  close(): Promise<void>
}

/**
 * Opens the data folder: locks it, brings the schema up to date and reads configuration, bindings and sessions into memory.
 * Throws with a sentence for a person when another server has the folder, or when it cannot be read.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { folder, databaseUrl, clock, log, random = systemRandom, mostMessages = 2_000_000 } = options
  const scope = new Scope((error) => log.error('closing the store', { error: String(error) }))
  try {
    await makeDataFolder(folder)
    const box = await openSecretBox(folder)
    const opened =
      databaseUrl === undefined
        ? await openEmbedded({ folder, scope, nowMs: clock.now() })
        : await (await import('./postgres/open-postgres.ts')).openPostgres({
            url: databaseUrl,
            scope,
            log,
            nowMs: clock.now(),
          })
    await noteDatabase(folder, databaseUrl)
    const { db, checkReading } = opened
    const putSetting = putSettingSql(db)
    const writing = await JournalledDatabase.open({
      inner: opened.writing,
      clock,
      log,
      putSetting,
      opened: await openJournal({
        journal: {
          folder,
          ...(options.journalFolder === undefined ? {} : { place: options.journalFolder }),
          sizeBytes: options.journalBytes ?? defaultJournalBytes,
        },
        writing: opened.writing,
        db,
        putSetting,
        log,
      }),
    })
    scope.add(() => writing.close())
    const lastEntry = await db
      .selectFrom('events')
      .select('at_ms')
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    const lastEntryMs = lastEntry && Number(lastEntry.at_ms)
    const feed = new EventFan(log, await writing.lastEvent())
    const transactor = new Transactor({ database: writing, fan: feed })
    scope.add(() => transactor.settled())
    const lastOf = async (table: 'messages' | 'traces'): Promise<number> => {
      const { last } = await db
        .selectFrom(table)
        .select(({ fn }) => fn.max('number').as('last'))
        .executeTakeFirstOrThrow()
      return Number(last ?? 0)
    }
    const ledger = new StoredCallLedger({
      db,
      transactor,
      clock,
      log,
      mostMessages,
      lastMessage: Math.max(await lastOf('messages'), await lastOf('traces')),
    })
    scope.add(() => ledger.close())
    const directory = await loadDirectory(opened, box)
    const bindings = new StoredBindings({ db, transactor, log })
    await bindings.load(opened)
    const sessions = new StoredSessions({ db, transactor, clock, log })
    await sessions.load()
    scope.add(() => sessions.close())
    const identity = new StoredIdentity({ db, transactor, box })
    await identity.load()
    const photos = new StoredPhotos({ db, transactor })
    await photos.load()
    const externalDirectories = new StoredExternalDirectories({ db, transactor, box })
    await externalDirectories.load()
    const settings = new StoredUserSettings({ db, transactor })
    await settings.load()
    const chat = new StoredChat({ db, transactor })
    await chat.load()
    const voicemail = new StoredVoicemail({ db, transactor })
    await voicemail.load()
    const recordingStore = new StoredRecordingStore({ db, transactor, box })
    await recordingStore.load()
    const conferenceRooms = new StoredConferenceRooms({ db, transactor, box })
    await conferenceRooms.load()
    const flows = new StoredFlows({ db, transactor, box, folder })
    await flows.load()
    const webChats = new StoredWebChats({ db, transactor })
    await webChats.load()
    const centres = new StoredCentres({ db, transactor })
    await centres.load()
    const figures = new StoredFigures({ ...opened, transactor })
    await figures.load()
    const mailChannel = new StoredMailChannel({ db, transactor, box })
    await mailChannel.load()
    const calendars = new StoredCalendars({ db, transactor, box })
    await calendars.load()
    const ftpsAccounts = new StoredFtpsAccounts({ db, transactor })
    await ftpsAccounts.load()
    feed.subscribe((events) => {
      if (!events.some((event) => event.kind === 'configuration.changed' && event.data.after === undefined)) return
      // A phone may be of one person and somebody else's for the time being.
      bindings.forget(({ deviceId, userId }) => !directory.device(deviceId) || !directory.user(userId))
      const isUserGone = (userId: UserId) => directory.user(userId) === undefined
      sessions.forgetUsers(isUserGone)
      settings.forgetUsers(isUserGone)
      calendars.forgetUsers(isUserGone)
      conferenceRooms.forget(isUserGone, (companyId) => directory.company(companyId) === undefined)
      chat.forget(isUserGone, (companyId) => directory.company(companyId) === undefined)
      externalDirectories.forget((companyId) => directory.company(companyId) === undefined)
      identity.forget(isUserGone, (companyId) => directory.company(companyId) === undefined)
      webChats.forget((companyId) => directory.company(companyId) === undefined)
      centres.forget((companyId) => directory.company(companyId) === undefined)
      figures.forget((companyId) => directory.company(companyId) === undefined)
      mailChannel.forget((companyId) => directory.company(companyId) === undefined)
      flows.forget((companyId) => directory.company(companyId) === undefined)
      ftpsAccounts.forget((companyId) => directory.company(companyId) === undefined)
      recordingStore.forget((companyId) => directory.company(companyId) === undefined)
      voicemail.forget(isUserGone, (companyId) => directory.company(companyId) === undefined)
    })
    // Added last, so that it comes first.
    scope.add(() => writing.hurry())
    return {
      ledger,
      erasers: {
        calls: new StoredCallEraser({ db, transactor }),
        customers: new StoredCustomerEraser({ db, transactor }),
        mails: new StoredMailEraser({ db, transactor }),
      },
      personEraser: new StoredPersonEraser({ db, transactor }),
      lastEntryMs,
      history: new StoredHistory(db, () => writing.waitingEvents()),
      audit: new StoredAudit(db),
      feed,
      bindings,
      directory,
      configuration: new StoredConfiguration({
        db,
        transactor,
        directory,
        box,
        clock,
        log,
        applied: (changes) => conferenceRooms.follow(changes),
      }),
      sessions,
      identity,
      contacts: new StoredContacts({ ...opened, transactor }),
      photos,
      favourites: new StoredFavourites({ db, transactor }),
      externalDirectories,
      credentials: new NodeCredentials(),
      settings,
      shares: new StoredCallShares({ db, transactor }),
      sites: new StoredSites({ db, transactor }),
      mails: new StoredMails({ db, transactor }),
      owed: new StoredOwed({ db, transactor, box }),
      mailChannel,
      mailFiles: new SealedMailFiles({ folder, box, store: mailChannel }),
      flows,
      centres,
      work: new StoredWork({ db, transactor }),
      webChats,
      figures,
      quality: new StoredQuality({ db, transactor }),
      ftpsAccounts,
      calendars,
      conferenceRooms,
      recordingStore,
      recordingFolder: (sounds) => new StoredRecordings({ folder, store: recordingStore, sounds }),
      chat,
      chatFiles: new SealedFiles({ folder, box, chat }),
      voicemail,
      voiceFiles: (sounds) => new StoredVoiceFiles({ folder, box, sounds }),
      clock,
      random,
      check: async () => {
        if (writing.trouble) throw new Error(troubleSentence(writing.trouble))
        await Promise.all([writing.check(), checkReading()])
        // After a fault only a real write tells whether it is over.
        if (transactor.fault !== undefined) await transactor.commit([transactor.write(probe(db, clock.now()))])
      },
      warnings: () => [
        ...(writing.trouble ? [troubleSentence(writing.trouble)] : []),
        ...(writing.without === undefined ? [] : [noJournalSentence(writing.without)]),
      ],
      queued: () => transactor.queued,
      close: () => scope.close('closed'),
    }
  } catch (error) {
    await scope.close('could not be opened')
    throw error
  }
}

const defaultJournalBytes = 16 * 1024 * 1024

/** Larger than a call's entry, so that what fits tells something. */
const probeLength = 32_768

function probe(db: Kysely<Schema>, nowMs: number) {
  const value = String(nowMs).padEnd(probeLength)
  return db
    .insertInto('settings')
    .values({ name: 'probe', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .compile()
}

/** Keeps a setting: name, value. */
const putSettingSql = (db: Kysely<Schema>): string =>
  db
    .insertInto('settings')
    .values({ name: '', value: '' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })))
    .compile().sql
