import { useState } from 'react'
import { Banner, Button, Quiet } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useFormat } from '../words/use-words.ts'
import css from './mail-channel.module.css'
import type { Mail } from './mail-model.ts'
import { mailSentences } from './sentences.ts'

/** The text of a mail in a frame that may do nothing, and its files. */
export function MailBody({ mail, who }: { readonly mail: Mail; readonly who: string }) {
  const text = useText(mailSentences)
  const format = useFormat()
  const [loadsImages, setLoadsImages] = useState(false)
  // What it holds cannot be measured from outside: a preview that ends before its limit is all of it.
  const isShort = mail.preview.length < 180 && !mail.hasRemoteImages && !mail.parts.some(({ isInline }) => isInline)
  const path = `/api/v1/channel-mails/${encodeURIComponent(mail.id)}`
  return (
    <>
      {!mail.isRead && <Banner tone="warn">{text('unread')}</Banner>}
      {mail.isCut && <Banner tone="warn">{text('cut')}</Banner>}
      {mail.hasRemoteImages && !loadsImages && (
        <div className={css.line}>
          <Button size="small" icon="image" onPress={() => setLoadsImages(true)}>
            {text('images')}
          </Button>
          <Quiet>{text('imagesHint')}</Quiet>
        </div>
      )}
      {mail.isRead && (
        <iframe
          className={isShort ? css.shortFrame : css.frame}
          title={text('textOf', { who })}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          src={`${path}/page${loadsImages ? '?images=true' : ''}`}
        />
      )}
      <ul className={css.files} aria-label={text('files')}>
        {mail.parts
          .filter(({ isInline }) => !isInline)
          .map(({ index, name, sizeBytes }) => (
            <li key={index}>
              <a href={`${path}/parts/${index}`} download={name} aria-label={text('saveFile', { name })}>
                {name}
              </a>{' '}
              <Quiet>{format.bytes(sizeBytes)}</Quiet>
            </li>
          ))}
        {mail.hasSource && (
          <li>
            <a href={`${path}/source`} download>
              {text('source')}
            </a>
          </li>
        )}
      </ul>
    </>
  )
}
