import { Icon, VisuallyHidden } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './chat.module.css'
import type { SentFile } from './outbox.ts'

const widest = 320
const highest = 240

/** What came with a message: pictures, sound and video to be seen and heard here, everything else to be saved. */
export function MessageFiles({
  conversationId,
  files,
}: {
  readonly conversationId: string
  readonly files: readonly SentFile[]
}) {
  return (
    <div className={css.files}>
      {files.map((file) => (
        <MessageFile key={file.id} file={file} address={`/api/v1/conversations/${conversationId}/files/${file.id}`} />
      ))}
    </div>
  )
}

function MessageFile({ file, address }: { readonly file: SentFile; readonly address: string }) {
  const { chat } = useWords()
  const { widthPixels, heightPixels, isInline, mediaType, name } = file
  if (isInline && mediaType.startsWith('image/') && widthPixels && heightPixels) {
    const scale = Math.min(1, widest / widthPixels, highest / heightPixels)
    return (
      <a href={address} target="_blank" rel="noopener noreferrer" className={css.picture}>
        <img
          src={address}
          alt={chat.picture(name)}
          width={Math.max(1, Math.round(widthPixels * scale))}
          height={Math.max(1, Math.round(heightPixels * scale))}
          loading="lazy"
          decoding="async"
        />
      </a>
    )
  }
  if (isInline && mediaType.startsWith('audio/'))
    return <audio controls preload="none" src={address} aria-label={name} className={css.sound} />
  if (isInline && mediaType.startsWith('video/'))
    return <video controls preload="none" src={address} aria-label={name} className={css.video} />
  return <SavedFile file={file} address={address} />
}

function SavedFile({ file, address }: { readonly file: SentFile; readonly address: string }) {
  const { chat } = useWords()
  const format = useFormat()
  return (
    <a href={`${address}?save=true`} download={file.name} className={css.file}>
      <Icon name="file" size={22} />
      <span className={css.fileText}>
        <span className={css.fileName}>{file.name}</span>
        <span className={css.fileMore}>
          {format.bytes(file.sizeBytes)}
          {file.scan === 'none' && ` · ${chat.notScanned}`}
        </span>
      </span>
      <Icon name="download" size={16} />
      <VisuallyHidden>{chat.save}</VisuallyHidden>
    </a>
  )
}
