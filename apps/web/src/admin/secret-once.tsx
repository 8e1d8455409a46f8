import { Banner, IconButton, Stack } from '../look/index.ts'
import { useApp } from '../app/use-app.ts'
import { useWords } from '../words/use-words.ts'
import css from './admin.module.css'

/** Things that are shown this once, each to be copied. */
export function SecretOnce({
  hint,
  items,
}: {
  readonly hint: string
  readonly items: readonly (readonly [label: string, value: string])[]
}) {
  const { shell } = useWords()
  const { toasts, showFault } = useApp()
  const copy = (value: string) => {
    navigator.clipboard.writeText(value).then(() => toasts.show({ tone: 'good', text: shell.copied }), showFault)
  }
  return (
    <Stack>
      <Banner tone="warn">{hint}</Banner>
      <dl className={css.secret}>
        {items.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>
              <span className={css.secretValue}>{value}</span>{' '}
              <IconButton icon="copy" size="small" label={`${shell.copy}: ${label}`} onPress={() => copy(value)} />
            </dd>
          </div>
        ))}
      </dl>
    </Stack>
  )
}
