import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { IconButton } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './conference.module.css'
import { conferenceStore } from './conference-services.ts'
import type { Conference } from './conference-store.ts'

/** Who is in the conference of a call, and the way to its page. */
export function CallConference({
  conference,
  memberId,
}: {
  readonly conference: Conference
  readonly memberId: string
}) {
  const { conference: texts } = useWords()
  const app = useApp()
  const { number, members } = conference
  const mayRemove = members.some(({ id, isModerator }) => id === memberId && isModerator)
  return (
    <div className={css.inCall}>
      <ul aria-label={texts.inCall}>
        {members.map(({ id, name, number: from, phase }) => (
          <li key={id}>
            <span>
              {name ?? from} {id === memberId && <span className={css.you}>{texts.you}</span>}
            </span>
            {mayRemove && id !== memberId && phase !== 'leaving' && (
              <IconButton
                icon="close"
                size="small"
                label={texts.remove(name ?? from)}
                onPress={() => {
                  conferenceStore(app).command(number, 'remove', { memberId: id }).catch(app.showFault)
                }}
              />
            )}
          </li>
        ))}
      </ul>
      <Link to={`/conferences/${encodeURIComponent(number)}`}>{texts.open}</Link>
    </div>
  )
}
