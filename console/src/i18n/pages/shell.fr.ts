import type { Translated } from "../translated";
import type { shell as en } from "./shell.en";

export const shell: Translated<typeof en> = {
  "nav.access": "Accès",
  "iam.nav.audit": "Audit",
  "who.label": "Connecté",
  "who.local": "Administrateur local",
  "who.localAbout": "Ce serveur ne demande à personne de se connecter : quiconque l’atteint de cette machine est l’administrateur local. Démarrez-le avec --auth required là où d’autres l’atteignent.",
  "who.account": "Compte",
  "who.out": "Se déconnecter",
  "denied.missing": "L’action qui manque :",
  "denied.explicit": "Une déclaration la refuse. L’autoriser ailleurs n’y change rien : c’est cette déclaration qu’il faut modifier.",
  "denied.statement": "Un administrateur peut l’autoriser par cette déclaration :",
  "nav.settings": "Réglages",
  "keys.settings": "Aller aux réglages",
  "nav.start": "Envoyer des traces",
  "keys.start": "Aller à l’envoi de traces",
  "nav.services": "Services",
  "keys.services": "Aller aux services",
  "nav.insights": "Anomalies",
  "keys.insights": "Aller aux anomalies",
  "nav.live": "En direct",
  "keys.live": "Aller aux traces en direct",
  "keys.list": "Trace suivante, précédente (liste des traces)",
  "keys.pause": "Suspendre, reprendre (en direct)",
};
