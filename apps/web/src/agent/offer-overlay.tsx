import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, VisuallyHidden } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import { agentHolder } from './agent-holder.ts'
import type { AgentRuntime } from './agent-services.ts'
import { OfferCard } from './offer-card.tsx'

/** Offers while another screen is open: nothing that is being typed there is left behind. */
export function OfferOverlay() {
  const { router } = useApp()
  const runtime = useValue(agentHolder)
  const { path } = useValue(router.location)
  return runtime && !/^\/(agent|attendant)\b/.test(path) ? <Offers runtime={runtime} /> : null
}

function Offers({ runtime: { desk } }: { readonly runtime: AgentRuntime }) {
  const { agent } = useWords()
  const { router } = useApp()
  const { desk: place } = useValue(desk.state)
  const offers = place?.offers ?? []
  if (offers.length === 0) return null
  return (
    <aside className={css.overlay} aria-label={agent.list.offers}>
      <VisuallyHidden>
        <span role="alert">{agent.list.offers}</span>
      </VisuallyHidden>
      {offers.map((offer) => (
        <OfferCard key={offer.id} offer={offer} desk={desk} />
      ))}
      <Button icon="headset" onPress={() => router.go('/agent')}>
        {agent.keys.show}
      </Button>
    </aside>
  )
}
