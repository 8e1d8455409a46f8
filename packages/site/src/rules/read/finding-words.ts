import type { Sentences } from '../../words/say.ts'

/** What is said about a rule set that was read. */
export const ruleFindings = {
  complete: {
    en: 'COMPLETE: the rules let through everything that the site needs, and no more.',
    sv: 'KOMPLETT: reglerna släpper igenom allt som platsen behöver, och inget mer.',
    fr: 'COMPLET : les règles laissent passer tout ce dont le site a besoin, et rien de plus.',
  },
  tooOpen: {
    en: 'TOO OPEN: everything needed passes, but {count} rules let through more than is needed.',
    sv: 'FÖR ÖPPET: allt som behövs släpps igenom, men {count} regler släpper igenom mer än som behövs.',
    fr: 'TROP OUVERT : tout le nécessaire passe, mais {count} règles laissent passer davantage.',
  },
  missing: {
    en: 'MISSING: {count} needed openings are closed in whole or in part.',
    sv: 'SAKNAS: {count} öppningar som behövs är helt eller delvis stängda.',
    fr: 'MANQUANT : {count} ouvertures nécessaires sont fermées, en tout ou en partie.',
  },
  notUnderstood: {
    en: 'NOT PROVEN: {count} openings depend on rules that could not be worked out. Look at them by eye.',
    sv: 'INTE BEVISAT: {count} öppningar beror på regler som inte gick att tolka. Granska dem för hand.',
    fr: 'NON PROUVÉ : {count} ouvertures dépendent de règles impossibles à interpréter. Examinez-les vous-même.',
  },
  badLine: {
    en: 'Not understood: {reason}.',
    sv: 'Förstås inte: {reason}.',
    fr: 'Incompris : {reason}.',
  },
  notText: {
    en: 'This is not a rule set: {reason}.',
    sv: 'Det här är ingen regeluppsättning: {reason}.',
    fr: 'Ceci n’est pas un jeu de règles : {reason}.',
  },
  dependsOn: {
    en: 'Whether this rule applies depends on “{condition}”, which cannot be worked out here.',
    sv: 'Om regeln gäller beror på ”{condition}”, som inte går att avgöra här.',
    fr: 'L’application de cette règle dépend de « {condition} », indéterminable ici.',
  },
  onlyInterface: {
    en: 'Counts only for {condition}: see that this is the way calls take.',
    sv: 'Gäller bara {condition}: kontrollera att samtalen går den vägen.',
    fr: 'Ne vaut que pour {condition} : vérifiez que les appels passent par là.',
  },
  onlyPart: {
    en: 'Names some of the site’s addresses only ({networks}): see that everybody who needs it is among them, or put the site’s networks into the profile.',
    sv: 'Nämner bara en del av platsens adresser ({networks}): kontrollera att alla som behöver det finns med, eller skriv in platsens nät i profilen.',
    fr: 'Ne nomme qu’une partie des adresses du site ({networks}) : vérifiez que tous les intéressés y sont, ou indiquez les réseaux du site dans le profil.',
  },
  tooManyParts: {
    en: 'The rules cut this opening into more pieces than can be followed.',
    sv: 'Reglerna delar öppningen i fler bitar än som går att följa.',
    fr: 'Les règles découpent cette ouverture en trop de morceaux pour être suivies.',
  },
  everything: {
    en: 'Lets everything through, from anywhere to anywhere. Replace it by the openings that are needed.',
    sv: 'Släpper igenom allt, från var som helst till var som helst. Ersätt den med de öppningar som behövs.',
    fr: 'Laisse tout passer, de partout vers partout. Remplacez-la par les ouvertures nécessaires.',
  },
  policyAccepts: {
    en: 'The chain {chain} lets through what no rule names. Set its policy to drop.',
    sv: 'Kedjan {chain} släpper igenom det som ingen regel nämner. Sätt dess policy till drop.',
    fr: 'La chaîne {chain} laisse passer ce qu’aucune règle ne nomme. Mettez sa politique à drop.',
  },
  wider: {
    en: 'Lets through more than is needed, for example {part}.',
    sv: 'Släpper igenom mer än som behövs, till exempel {part}.',
    fr: 'Laisse passer plus que nécessaire, par exemple {part}.',
  },
  unused: {
    en: 'Serves none of the openings. Close it if nothing else needs it.',
    sv: 'Behövs inte för någon av öppningarna. Stäng den om inget annat behöver den.',
    fr: 'Ne sert à aucune des ouvertures. Fermez-la si rien d’autre n’en a besoin.',
  },
  superseded: {
    en: 'Serves only what is no longer used ({openings}): it may be closed.',
    sv: 'Behövs bara för det som inte längre används ({openings}): kan stängas.',
    fr: 'Ne sert qu’à ce qui n’est plus utilisé ({openings}) : peut être fermée.',
  },
  namesUnproven: {
    en: 'These rules hold addresses, not names: whether {names} can be reached cannot be told. Try it with the check page or the probe.',
    sv: 'Reglerna innehåller adresser, inte namn: det går inte att säga om {names} nås. Prova med kontrollsidan eller sonden.',
    fr: 'Ces règles contiennent des adresses, pas des noms : impossible de dire si {names} est joignable. Essayez avec la page de contrôle ou la sonde.',
  },
  answersMissing: {
    en: 'Answers are not let back. Accept established connections before anything is dropped.',
    sv: 'Svar släpps inte tillbaka. Acceptera upprättade förbindelser innan något kastas.',
    fr: 'Les réponses ne reviennent pas. Acceptez les connexions établies avant tout rejet.',
  },
  laterMissing: {
    en: 'Only the first packet of a connection is let through, and what follows is dropped. Accept established connections in this direction too.',
    sv: 'Bara det första paketet i en förbindelse släpps igenom, och det som följer kastas. Acceptera upprättade förbindelser i den här riktningen också.',
    fr: 'Seul le premier paquet d’une connexion passe, la suite est rejetée. Acceptez les connexions établies dans ce sens aussi.',
  },
  familyNotRead: {
    en: 'The text holds no rules for IPv{family}, which this opening needs too. Check those rules as well.',
    sv: 'Texten innehåller inga regler för IPv{family}, som öppningen också behöver. Kontrollera även dem.',
    fr: 'Le texte ne contient pas de règles IPv{family}, dont cette ouverture a aussi besoin. Vérifiez-les également.',
  },
  partOnly: {
    en: 'The text is a part of a firewall, without the chain that jumps to it: whether and when it is reached cannot be seen, nor whether answers are let back.',
    sv: 'Texten är en del av en brandvägg, utan kedjan som hoppar dit: det syns inte om och när den nås, och inte heller om svar släpps tillbaka.',
    fr: 'Le texte est une partie de pare-feu, sans la chaîne qui y renvoie : on ne voit ni si elle est atteinte, ni si les réponses reviennent.',
  },
  notRules: {
    en: 'No rule that decides about traffic was found. Give the output of “nft list ruleset” or “iptables-save”, or a CSV file with the columns from, to, protocol and ports.',
    sv: 'Ingen regel som avgör trafik hittades. Ange utdata från ”nft list ruleset” eller ”iptables-save”, eller en CSV-fil med kolumnerna from, to, protocol och ports.',
    fr: 'Aucune règle de trafic trouvée. Fournissez la sortie de « nft list ruleset » ou « iptables-save », ou un fichier CSV avec les colonnes from, to, protocol et ports.',
  },
} satisfies Sentences<string>

export interface RuleFinding {
  readonly key: keyof typeof ruleFindings
  readonly values: Readonly<Record<string, string | number>>
}
