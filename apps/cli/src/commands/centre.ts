import {
  checkCentre,
  compareCentres,
  listCentreVersions,
  type OperationReply,
  publishCentre,
  putCentreDraft,
  readCentre,
  readCentreDraft,
  readCentreVersion,
  restoreCentreVersion,
} from '@vaxel/contract'
import { type Command, tell, textOf } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'
import { localTime, table } from '../output.ts'
import { type DraftFile, noteRevision, readDraftFile, withRevision } from './draft-file.ts'

type Centre = OperationReply<typeof readCentre>['centre']
type Findings = OperationReply<typeof checkCentre>
type Differences = OperationReply<typeof compareCentres>

const language = 'en'

const queuesOf = ({ queues, agents, schedules }: Centre): string =>
  table(
    ['QUEUE', 'TAKES', 'AGENTS', 'LEVEL', 'HOURS', 'ID'],
    queues.map(({ id, name, channels, serviceLevel, scheduleId }) => [
      name,
      channels.join(', '),
      String(agents.filter((agent) => agent.queues.some(({ queueId }) => queueId === id)).length),
      `${serviceLevel.percent} % in ${serviceLevel.seconds} s`,
      schedules.find((schedule) => schedule.id === scheduleId)?.name ?? 'always',
      id,
    ]),
  )

const findingsOf = ({ items }: Pick<Findings, 'items'>): string =>
  items.length === 0 ? 'Nothing is the matter.' : items.map(({ severity, text }) => `${severity}: ${text}`).join('\n')

const differencesOf = ({ items, total }: Differences): string =>
  total === 0
    ? 'Nothing is different.'
    : [
        ...items.flatMap(({ text, fields }) => [
          text,
          ...fields.map(({ label, before = '–', after = '–' }) => `  ${label}: ${before} -> ${after}`),
        ]),
        ...(total > items.length ? [`${total - items.length} more`] : []),
      ].join('\n')

const readCentreFile = async (file: string): Promise<Centre> => (await readDraftFile<Centre>(file)).content

/** The configuration of the contact centre: shown, checked, compared, published, taken back. */
export const centreCommands: readonly Command[] = [
  {
    name: 'centre show',
    options: {
      draft: { about: 'what is being changed, not what is published' },
      version: { value: 'NUMBER', about: 'an earlier version' },
    },
    summary: 'queues of the contact centre; with --json a file that can be changed and sent back',
    async run(typed, { api, ...running }) {
      const version = textOf(typed, 'version')
      const draft = await api.call(readCentreDraft, { query: { language } })
      const { centre } =
        version === undefined
          ? typed.options.draft
            ? draft
            : await api.call(readCentre, {})
          : await api.call(readCentreVersion, { params: { version } })
      tell({ api, ...running }, withRevision(draft.revision, centre), queuesOf)
    },
  },
  {
    name: 'centre draft',
    words: ['FILE'],
    summary: 'keep a file as the draft; nobody who waits or works notices',
    details: 'Refused when somebody else has changed the draft since the file was made with centre show --json.',
    async run(typed, running) {
      const file = typed.words.file!
      const read: DraftFile<Centre> = await readDraftFile(file)
      const revision = read.revision ?? (await running.api.call(readCentreDraft, { query: { language } })).revision
      const view = await running.api.call(putCentreDraft, {
        query: { language },
        body: { revision, centre: read.content },
      })
      await noteRevision(file, read, view.revision)
      tell(running, view, ({ changes, findings }) => `${differencesOf(changes)}\n${findingsOf(findings)}`)
    },
  },
  {
    name: 'centre check',
    words: ['FILE?'],
    summary: 'what is the matter with a file, else with the draft; ends with 1 when it cannot be published',
    async run(typed, running) {
      const { file } = typed.words
      const body = file === undefined ? {} : { centre: await readCentreFile(file) }
      const findings = await running.api.call(checkCentre, { query: { language }, body })
      tell(running, findings, findingsOf)
      if (findings.errors > 0) throw new Failure(`It cannot be published: errors: ${findings.errors}.`)
    },
  },
  {
    name: 'centre diff',
    options: {
      from: { value: 'VERSION', about: 'a number, or draft; by default what is published' },
      to: { value: 'VERSION', about: 'a number, or published; by default the draft' },
    },
    summary: 'what is different between two versions, or in the draft',
    async run(typed, running) {
      const [from = 'published', to = 'draft'] = [textOf(typed, 'from'), textOf(typed, 'to')]
      tell(running, await running.api.call(compareCentres, { query: { language, from, to } }), differencesOf)
    },
  },
  {
    name: 'centre publish',
    options: { note: { value: 'TEXT', about: 'what was changed, and why' } },
    summary: 'let the draft hold at once; refused while something is wrong',
    async run(typed, running) {
      const note = textOf(typed, 'note')
      const { revision } = await running.api.call(readCentreDraft, { query: { language } })
      const body = { revision, ...(note === undefined ? {} : { note }) }
      const view = await running.api.call(publishCentre, { query: { language }, body })
      tell(running, view, ({ version }) => `Version ${version} holds now.`)
    },
  },
  {
    name: 'centre undo',
    options: { version: { value: 'NUMBER', about: 'which one; by default the one before' } },
    summary: 'let an earlier version hold again',
    async run(typed, running) {
      const { version: live } = await running.api.call(readCentre, {})
      const version = textOf(typed, 'version') ?? String(live - 1)
      if (live < 2) throw new Failure('There is no earlier version.', exitCodes.usage)
      const view = await running.api.call(restoreCentreVersion, {
        params: { version },
        query: { language },
        body: { note: `Back to version ${version}` },
      })
      tell(running, view, ({ version: now }) => `Version ${version} holds again, as version ${now}.`)
    },
  },
  {
    name: 'centre versions',
    summary: 'what was published, latest first',
    async run(_, running) {
      const { items } = await running.api.call(listCentreVersions, { query: { limit: 100 } })
      tell(running, items, (versions) =>
        table(
          ['VERSION', 'PUBLISHED', 'BY', 'QUEUES', 'AGENTS', 'NOTE'],
          versions.map(({ version, publishedAt, publishedBy = '', queues, agents, note = '', isLive }) => [
            isLive ? `${version} (live)` : String(version),
            localTime(publishedAt),
            publishedBy,
            String(queues),
            String(agents),
            note,
          ]),
        ),
      )
    },
  },
]
