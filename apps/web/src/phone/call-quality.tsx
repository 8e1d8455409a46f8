import { useState } from 'react'
import { Button, classNames, Terms } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './phone.module.css'
import type { PhoneCall } from './phone-state.ts'

/** How the line is: a word, what ails it in a sentence, figures on demand. */
export function CallQuality({ call }: { readonly call: PhoneCall }) {
  const { phone } = useWords()
  const { quality: texts } = phone
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const { quality, figures } = call
  if (!quality) return null
  return (
    <div className={css.quality}>
      <div className={css.qualityLine}>
        <span className={classNames(css.bars, css[quality.verdict])} aria-hidden>
          <i />
          <i />
          <i />
        </span>
        <span role="status">
          {texts.title}: {texts[quality.verdict]}
        </span>
        {figures && (
          <Button size="small" kind="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {texts.figures}
          </Button>
        )}
      </div>
      {quality.troubles.slice(0, 2).map((trouble) => (
        <p key={trouble} role="status">
          {texts[trouble]}
        </p>
      ))}
      {isOpen && figures && (
        <Terms
          items={[
            [texts.loss, format.percent(figures.lossRatio, 1)],
            [texts.jitter, `${format.number(figures.jitterMs, 0)} ms`],
            [texts.roundTrip, figures.roundTripMs === undefined ? '–' : `${format.number(figures.roundTripMs, 0)} ms`],
            [texts.codec, figures.codec ?? '–'],
            [texts.path, texts.paths[figures.path as keyof typeof texts.paths] ?? '–'],
            ['', figures.isEncrypted ? texts.encrypted : texts.notEncrypted],
          ]}
        />
      )}
    </div>
  )
}
