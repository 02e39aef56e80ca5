/** Given names as one meets them at a university. */
export const givenNames =
  `Adèle Agnès Aïcha Albane Alexandre Alice Amadou Amélie Amina Anaïs André Anne-Charlotte Anouk Antoine Apolline
Arnaud Arthur Astrid Aurélien Axelle Ayoub Baptiste Bastien Béatrice Benoît Bérénice Blandine Bogdan Brahim Brice Camille Capucine Carlos
Caroline Cécile Cédric Céleste Charlotte Chiara Clémence Clément Constance Coralie Corentin Cyprien Damien Daphné Delphine Denis Diane
Dimitri Djamila Edgar Élodie Éloïse Émile Émilie Emre Enzo Éric Estelle Étienne Eugénie Fabien Fanny Farid Fatou Faustine Félix Fernanda
Flavie Florent Françoise Gaëlle Gaspard Gauthier Geneviève Ghislaine Giulia Grégoire Guilhem Gwenaëlle Hadrien Hélène Héloïse Henri Hoa
Honorine Hugo Ibrahim Inès Ingrid Irène Isabelle Ismaël Jade Jean-Baptiste Jean-Christophe Jérémie Joachim Joëlle Jonas Joséphine Judith
Julien Juliette Kaoutar Karim Katarzyna Khadija Kilian Laetitia Lamia Laure-Anne Léa Léonie Leïla Liam Lila Linh Loïc Lorenzo Louise Lucie
Ludivine Maëlle Mamadou Manon Marcel Margaux Marie-Hélène Marius Mathilde Mattéo Maud Maxime Mehdi Mélanie Mélissa Meryem Mihai Mireille
Moussa Myriam Nadège Naïma Nathalie Nicolas Noé Noémie Nour Octave Odile Olga Olivier Ombeline Oscar Ousmane Paola Pascaline Patrice
Paul-Émile Pénélope Perrine Philippine Pierre-Yves Quentin Rachida Raphaël Rémi René Romane Rosalie Sabrina Salomé Samir Sandrine Séverine
Sibylle Simon Sofia Solène Stanislas Stéphane Suzanne Sylvain Tatiana Théo Thibault Thierry Timothée Tuan Ulysse Valentine Véronique Victor
Violette Wafa Wiktor Xavier Yaël Yann Yasmine Youssef Yvonne Zacharie Zélie Zoé`.split(/\s+/u);

/** Surnames; a few are long, for the layouts that have to hold them. */
export const surnames =
  `Abadie Achour Aguirre Alaoui Albertini Almeida Amrani André Aubry Auffret Bachelet Ba Bajard Baranowski Barbier
Barthélémy Bauwens Beaumont Belkacem Benali Berthier Bianchi Blanchet Boisvert Bonnaud Bouazza Boulanger Bourdin Brégeon Cadiou Camara
Carpentier Castelli Cauchy Chabert Chapuis Chevallier Cissé Claessens Coëtlogon Coulibaly Courtois Czajka Dacosta Dalmasso Dang Danjou
D’Aubignac De-Smet Debruyne Delacroix Delahaye Delattre Demir Derambure Descamps Desrousseaux Diallo Diop Do Dubreuil Duchêne Duhamel
Dupriez Duquesnoy Échard El-Fassi Escoffier Esposito Étienne Evrard Fabre Faucheux Ferreira Fischer Flament Fontaine Fournel Gaillard Garnier
Gaudin Ghozlan Gilbert Goncalves Gosselin Grandjean Guéguen Guillemot Hadjadj Haddad Hamel Hennebelle Herbin Hoang Huet Iacono Imbert Jaouen
Jarry Jolivet Joubert Kaczmarek Kaya Keller Khelifi Koné Kowalczyk Labarre Lacombe Lachaud Lamarche Langlet Laroche Lebègue Leclercq
Lefèbvre Legrand Lemaître Lenoir Lepoutre Levasseur Lhermitte Loiseau Lombardi Maes Maillard Mallet Mansouri Marchetti Marquès Martinache
Masson Mbaye Mercier Mesnil Meunier Michaux Moreira Morvan Mouton Mulliez-Durand Nadeau N’Diaye Nguyen Noël Novak Obadia Olivier Orsini
Ouedraogo Özdemir Pacheco Papadakis Parmentier Pécheux Pelletier Perrault Petitjean Pham Picquart Plouvier Poirier Poulain Prévost Quéré
Quignon Rabiller Ramírez Rasoanaivo Raymond Régnier Renaud Ricci Rigaux Rivière Rochet Roussel Ruffin Sadki Saint-Amand Sarr Sauvage Schmitt
Ségur Sénéchal Silva Sow Stoica Szymański Tanguy Tavares Tellier Thévenet Thiam Tissot Tran Traoré Urbain Vaillant Van-den-Bossche
Vandenbroucke-Desrousseaux Vasseur Verhaeghe Vidal Vigneron Villeneuve-Desmoulins Vo Wagner Wattiez Weber Xu Yildiz Yvelin Zanetti Ziani`.split(
    /\s+/u,
  );

/** Streets of cities that do not matter. */
export const streets = [
  'rue des Lilas',
  'avenue de la Gare',
  'rue du Faubourg-Saint-Jacques',
  'place de la République',
  'boulevard Émile-Zola',
  'chemin des Écoliers',
  'rue de l’Abbaye',
  'quai des Tanneurs',
  'impasse du Moulin',
  'rue Marie-Curie',
  'allée des Platanes',
  'rue de la Fontaine-aux-Cerfs',
];

/** Postal codes and cities. */
export const cities: readonly (readonly [postcode: string, city: string])[] = [
  ['59300', 'Valenciennes'],
  ['59000', 'Lille'],
  ['62000', 'Arras'],
  ['80000', 'Amiens'],
  ['75013', 'Paris'],
  ['69007', 'Lyon'],
  ['31000', 'Toulouse'],
  ['67000', 'Strasbourg'],
  ['35000', 'Rennes'],
  ['44000', 'Nantes'],
];
