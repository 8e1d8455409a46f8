import type { ReplyOf } from '../../api/api.ts'
import { Banner, Quiet } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { accountSentences } from './sentences.ts'

export type Tried = ReplyOf<'testMailAccount'>

/** What came of trying the settings, for each server in a sentence. */
export function TriedResult({ tried }: { readonly tried: Tried }) {
  const text = useText(accountSentences)
  const { reading, sending } = tried
  return (
    <>
      <One name={text('reading')} result={reading} well={text('testWell', { count: reading.mails ?? 0 })} />
      {sending && <One name={text('sending')} result={sending} well={text('sendWell')} />}
    </>
  )
}

function One({
  name,
  result,
  well,
}: {
  readonly name: string
  readonly result: Tried['reading']
  readonly well: string
}) {
  const text = useText(accountSentences)
  if (result.isWell)
    return (
      <Banner tone="good" isLive>
        {well}
      </Banner>
    )
  return (
    <Banner tone="bad" isLive>
      <strong>{name}: </strong>
      {result.trouble && text(`trouble.${result.trouble}`)}
      {result.detail !== undefined && (
        <>
          {' '}
          <Quiet>{text('said', { detail: result.detail })}</Quiet>
        </>
      )}
    </Banner>
  )
}
