import type { ReplyOf } from '../../api/api.ts'
import { Banner, Quiet, Table, type TableColumn } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import css from './directories.module.css'
import { directorySentences } from './directory-sentences.ts'
import { LeftOutLines } from './left-out.tsx'

export type Tried = ReplyOf<'testExternalDirectory'>

/** What came of trying the settings: what is wrong in a sentence, or the first people as they would be here. */
export function TriedResult({ tried }: { readonly tried: Tried }) {
  const text = useText(directorySentences)
  const { isWell, trouble, detail, entries, looked, leftOut, unused } = tried
  if (!isWell)
    return (
      <Banner tone="bad" isLive>
        {trouble && text(`trouble.${trouble}`)} {detail !== undefined && <Quiet>{text('said', { detail })}</Quiet>}
      </Banner>
    )
  if (looked === 0)
    return (
      <Banner tone="warn" isLive>
        {text('testEmpty')}
      </Banner>
    )
  const columns: TableColumn<Tried['entries'][number] & { readonly id: string }>[] = [
    {
      id: 'name',
      title: text('map.name'),
      cell: ({ name, dn, title, department, hasPhoto }) => (
        <>
          <div>{name ?? <Quiet>{text('noName')}</Quiet>}</div>
          <Quiet>
            {[title, department, hasPhoto === true ? text('hasPhoto') : undefined]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </Quiet>
          <div className={css.dn}>
            <Quiet>{dn}</Quiet>
          </div>
        </>
      ),
    },
    { id: 'numbers', title: text('numbers'), cell: ({ numbers }) => numbers.map(({ number }) => number).join(', ') },
    { id: 'email', title: text('email'), cell: ({ emails }) => <span className={css.dn}>{emails.join(', ')}</span> },
  ]
  return (
    <>
      <Banner tone="good" isLive>
        {text('testWell')}
      </Banner>
      <div className={css.entries}>
        <Table
          label={text('contacts')}
          columns={columns}
          rows={entries.map((entry) => ({ ...entry, id: entry.dn }))}
          empty={null}
        />
      </div>
      <LeftOutLines leftOut={leftOut} />
      {unused.length > 0 && <Quiet>{text('unused', { count: looked, attributes: unused.join(', ') })}</Quiet>}
    </>
  )
}
