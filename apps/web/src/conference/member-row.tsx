import { Avatar, Badge, Icon, IconButton, VisuallyHidden } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './conference.module.css'
import type { Member, Verb } from './conference-store.ts'

/** One person in a conference: whether they are heard, whether they speak, what may be done. */
export function MemberRow({
  member,
  isMe,
  levelDbov,
  mayModerate,
  give,
}: {
  readonly member: Member
  readonly isMe: boolean
  /** Undefined while they are silent. */
  readonly levelDbov: number | undefined
  readonly mayModerate: boolean
  readonly give: (verb: Verb, body?: { memberId?: string }) => Promise<unknown>
}) {
  const { conference: texts } = useWords()
  const { id, isHeard, isMuted, isSilenced, isModerator, handRaisedAt } = member
  const name = member.name ?? member.number
  const isQuiet = isMe ? isMuted || isSilenced : isSilenced || !isHeard
  const isRaised = handRaisedAt !== undefined
  const mayMute = isMe || mayModerate
  const isSpeaking = levelDbov !== undefined && isHeard
  return (
    <li className={css.member} data-speaking={isSpeaking || undefined}>
      <Avatar name={name} size={34} />
      <span className={css.who}>
        <span className={css.name}>
          {name}
          {isMe && <span className={css.you}> {texts.you}</span>}
        </span>
        <span className={css.more}>
          {member.name !== undefined && member.number !== name && <span className={css.number}>{member.number}</span>}
          {isModerator && <Badge>{texts.moderator}</Badge>}
          {isRaised && <Badge tone="info">{texts.handUp}</Badge>}
          {isSpeaking && <span className={css.speaks}>{texts.speaks}</span>}
        </span>
      </span>
      <Level levelDbov={isSpeaking ? levelDbov : undefined} />
      {!isHeard && (
        <span className={css.quiet}>
          <Icon name="mic-off" size={16} />
          <VisuallyHidden>{isMuted ? texts.isMuted : texts.isSilenced}</VisuallyHidden>
        </span>
      )}
      <span className={css.tools}>
        {isMe && (
          <IconButton
            icon="hand"
            isOn={isRaised}
            label={isRaised ? texts.lowerHand : texts.raiseHand}
            onPress={() => void give(isRaised ? 'lowerHand' : 'raiseHand', { memberId: id })}
          />
        )}
        {mayMute && (
          <IconButton
            icon={isQuiet ? 'mic-off' : 'mic'}
            isOn={isQuiet}
            label={isQuiet ? texts.unmute(name) : texts.mute(name)}
            onPress={() => void give(isQuiet ? 'unmute' : 'mute', { memberId: id })}
          />
        )}
        {mayModerate && !isMe && (
          <IconButton icon="close" label={texts.remove(name)} onPress={() => void give('remove', { memberId: id })} />
        )}
      </span>
    </li>
  )
}

/** How loud somebody speaks: four bars, for the eye alone; the word beside it says it too. */
function Level({ levelDbov }: { readonly levelDbov: number | undefined }) {
  const bars = levelDbov === undefined ? 0 : Math.max(1, Math.min(4, Math.round((levelDbov + 50) / 9)))
  return (
    <span className={css.level} aria-hidden>
      {[1, 2, 3, 4].map((bar) => (
        <span key={bar} data-on={bar <= bars || undefined} />
      ))}
    </span>
  )
}
