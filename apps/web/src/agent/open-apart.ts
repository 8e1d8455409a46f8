import type { PageWindow } from './crm-tab.ts'

let opener: HTMLIFrameElement | undefined

/**
 * Opens a tab whose opener is an empty frame of this page and not the page itself. This page can lead the tab on to other
 * addresses, as it has the frame's origin; what is shown in the tab can lead away the empty frame at most, and even that the
 * page's policy refuses (frame-src 'none'). With `noopener` there would be no handle to lead the tab on.
 * @returns null when the browser does not open it: only a press of a person lets it
 */
export function openApart(url: string, name: string): PageWindow | null {
  opener?.remove()
  opener = document.createElement('iframe')
  opener.hidden = true
  opener.title = name
  document.body.append(opener)
  return opener.contentWindow?.open(url, name) ?? null
}
