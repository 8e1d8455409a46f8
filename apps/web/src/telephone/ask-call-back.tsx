import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Button } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'

/** After a call in vain: be called when that colleague is free. Nothing for numbers outside, which cannot be watched. */
export function AskCallBack({ who, number }: { readonly who: string; readonly number: string }) {
  const { telephone } = useWords()
  const { api, toasts, showFault } = useApp()
  const [isAsked, setAsked] = useState(false)
  if (isAsked || !/^\d{1,6}$/.test(number)) return null
  return (
    <Button
      icon="clock"
      onPress={() => {
        api.call('setCallBack', { body: { to: number } }).then(({ name }) => {
          setAsked(true)
          toasts.show({ tone: 'good', text: telephone.callBackSet(name) })
        }, showFault)
      }}
      aria-label={`${telephone.callBackAsk}: ${who}`}
    >
      {telephone.callBackAsk}
    </Button>
  )
}
