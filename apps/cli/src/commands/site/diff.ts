import { describeChanges, diffCatalogues } from '@vaxel/site'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import { type Command, tell } from '../../command.ts'
import { table } from '../../output.ts'
import { findCatalogue, languageOf, siteOptions } from './site-files.ts'

/** Catalogues of requirements, without any server. */
export const siteCatalogueCommands: readonly Command[] = [
  {
    name: 'site catalogues',
    summary: 'the catalogues of requirements that come with the program',
    async run(_, running) {
      const entries = deliveredCatalogues.map(({ id, version, title, provider, documents, requirements }) => ({
        id,
        version,
        title,
        provider,
        document: documents[0]?.version ?? '',
        requirements: requirements.length,
      }))
      tell(running, entries, (list) =>
        table(
          ['id', 'version', 'document', 'title', 'provider', 'requirements'],
          list.map((one) => [one.id, one.version, one.document, one.title, one.provider, String(one.requirements)]),
        ),
      )
    },
  },
  {
    name: 'site diff',
    words: ['BEFORE', 'AFTER'],
    options: siteOptions,
    summary: 'what changed between two catalogues: what to open before, what may be closed, by when',
    details: [
      'BEFORE and AFTER are ID@VERSION, where VERSION is that of the catalogue or of its document, or files:',
      'vaxel site diff telia-touchpoint-plus@3.44 telia-touchpoint-plus@3.54',
      'Works without a server. Exit codes: 0 compared, 2 wrongly typed, 3 a file cannot be read or has mistakes.',
    ].join('\n'),
    async run(typed, running) {
      const language = languageOf(typed)
      const before = await findCatalogue(typed.words.before!)
      const after = await findCatalogue(typed.words.after!)
      tell(running, diffCatalogues(before, after), (changes) => describeChanges(changes, language).trimEnd())
    },
  },
]
