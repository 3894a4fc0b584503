import { plurals } from "../plurals";
import type { Translated } from "../translated";
import type { home as en } from "./home.en";

const n = plurals("fr");

export const home: Translated<typeof en> = {
  "nav.home": "Accueil",
  "keys.home": "Aller à l’accueil",
  "home.title": "Accueil",
  "home.loading": "Comparaison avec la période précédente",
  "home.unhealthy": (count) => n(count, { one: "service en difficulté", other: "services en difficulté" }),
  "home.since": (clock) => `depuis ${clock}`,
  "home.well": (count) => `Aucun service ne va plus mal qu’avant : ${n(count, { one: "service vu", other: "services vus" })}.`,
  "home.compared": (period, before) => `${period}, par rapport à ${before}`,
  "home.against": "Comparer avec",
  "home.before": "la période précédente",
  "home.yesterday": "hier",
  "home.changes": "Ce qui a le plus changé",
  "home.noChange": "Rien n’a empiré au-delà de ce que le hasard explique.",
  "home.noBefore": "Rien à comparer : aucun service vu alors.",
  "home.requests": "Requêtes",
  "home.faults": "Pannes",
  "home.p95": "p95",
  "home.was": (value) => `avant ${value}`,
  "home.new": "nouveau",
  "home.all": "Tous les services",
  "home.map": "Carte des traces",
  "home.openInsights": "Anomalies ouvertes",
  "home.noInsights": "Aucune anomalie ouverte.",
  "home.searches": "Recherches récentes",
  "home.noSearches": "Ce que vous cherchez dans Traces est retenu ici, dans ce navigateur.",
  "home.saved": "Recherches enregistrées",
  "home.save": (search) => `Enregistrer ${search}`,
  "home.unsave": (search) => `Retirer ${search} des recherches enregistrées`,
  "home.traces": "Traces récentes",
  "home.everything": "toutes les traces",
  "home.inGroup": (group) => `groupe ${group}`,
  "home.quiet": (period) => `Rien n’est arrivé : ${period}.`,
  "home.latest": (age) => `La trace la plus récente est arrivée ${age}.`,
  "home.goThere": "Y aller",
  "home.send": "Envoyer des traces",
  "home.period": "Période",
};
