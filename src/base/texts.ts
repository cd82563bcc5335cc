/**
 * Texts for people, in their language. The English text is the key, so that code reads as what it says, and what a
 * language lacks stays English. The bundles are `l10n/bundle.l10n.LANGUAGE.json`; `npm run update-texts` keeps the English one.
 */
let translations: ReadonlyMap<string, string> = new Map();

/** From now on texts are those of this bundle; `undefined`: English. Texts that were made before stay as they are. */
export function useTranslations(bundle: Readonly<Record<string, string>> | undefined): void {
  translations = new Map(Object.entries(bundle ?? {}));
}

/**
 * The text in the language of the bundle, with the values in the place of `{0}`, `{1}` and so on. A text is a literal
 * here, or one that `toTranslate` has marked.
 */
export function t(text: string, ...values: readonly (string | number)[]): string {
  const said = translations.get(text) ?? text;
  if (values.length === 0) return said;
  return said.replace(PLACEHOLDER, (whole, position: string) => String(values[Number(position)] ?? whole));
}

/** Marks a literal that another place gives to `t`: a module is loaded before the language is known. */
export function toTranslate<const T extends string>(text: T): T {
  return text;
}

const PLACEHOLDER = /\{(\d+)\}/g;
