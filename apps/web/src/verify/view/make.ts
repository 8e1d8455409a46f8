type Child = Node | string | undefined | false

/** One element with its attributes and children; `on…` are listeners, texts are never read as HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value))
  }
  fill(element, ...children)
  return element
}

/** Puts new children in the place of the old. */
export function fill(element: Element, ...children: readonly Child[]): void {
  while (element.lastChild) element.lastChild.remove()
  for (const child of children)
    if (child !== undefined && child !== false)
      element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child)
}
