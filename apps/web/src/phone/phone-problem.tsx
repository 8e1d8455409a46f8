import { Banner, Button, Quiet, Stack } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import type { PhoneState } from './phone-state.ts'
import type { PhoneViewModel } from './phone-view-model.ts'

/** Why this page cannot telephone, and the way out. */
export function PhoneProblemView({ state, phone }: { readonly state: PhoneState; readonly phone: PhoneViewModel }) {
  const { phone: texts } = useWords()
  const { problem, place, mirrored } = state
  if (place === 'elsewhere')
    return (
      <Stack>
        <Banner tools={<Button onPress={() => phone.takeOverTab()}>{texts.takeOverTab}</Button>}>
          {texts.elsewhereTab}
        </Banner>
        {mirrored.map(({ id, name, number, stateName }) => (
          <Quiet key={id}>
            {name ?? number}: {texts.states[stateName]}
          </Quiet>
        ))}
      </Stack>
    )
  if (!problem) return null
  switch (problem.name) {
    case 'elsewhere':
      return (
        <Banner
          tone="warn"
          isLive
          tools={<Button onPress={() => void phone.takeOverClient()}>{texts.takeOverClient}</Button>}
        >
          {texts.elsewhereClient} <Quiet>{problem.text}</Quiet>
        </Banner>
      )
    case 'tooOld':
      return <Banner tone="warn">{texts.tooOld}</Banner>
    case 'unreachable':
      return (
        <Banner tone="warn" isLive>
          {texts.unreachable}
        </Banner>
      )
    case 'microphone':
      return (
        <Banner tone="bad" isLive>
          {texts.microphone[problem.why]}
        </Banner>
      )
  }
}
