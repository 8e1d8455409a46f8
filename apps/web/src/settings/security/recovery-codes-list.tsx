import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Banner, Button, Line } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from './security.module.css'

/** Recovery codes, this once: to be printed, kept or copied. */
export function RecoveryCodesList({
  codes,
  onKept,
}: {
  readonly codes: readonly string[]
  readonly onKept: () => void
}) {
  const { security } = useWords()
  const { me } = useApp()
  const [isCopied, setCopied] = useState(false)
  const text = codes.join('\n')
  const download = () => {
    const link = document.createElement('a')
    const login = me.get()?.user.login ?? ''
    link.href = URL.createObjectURL(new Blob([`${security.fileTitle} ${login}\n\n${text}\n`], { type: 'text/plain' }))
    link.download = 'vaxel-recovery-codes.txt'
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <div className={css.setup}>
      <Banner tone="warn">{security.shownOnce}</Banner>
      <ul className={css.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Line>
        <Button
          icon={isCopied ? 'check' : 'copy'}
          onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          {isCopied ? security.copied : security.copy}
        </Button>
        <Button icon="download" onPress={download}>
          {security.download}
        </Button>
      </Line>
      <Button kind="primary" onPress={onKept}>
        {security.kept}
      </Button>
    </div>
  )
}
