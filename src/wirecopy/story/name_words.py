"""Words that tell names in running text from other words with capitals; facts, by language.

English, German, French and Spanish; first names of more.
"""

from __future__ import annotations

from wirecopy.story.prose import word_set

DAYS = word_set(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
    June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep
    Oct Nov Dec Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Januar
    Februar März Mai Juni Juli Oktober Dezember I Christmas Easter Ramadan Internet GMT UTC
    CET EST AM PM Mittwochabend Montagabend Dienstagabend Donnerstagabend Freitagabend
    Samstagabend Fahrenheit Celsius GMT BST EDT PST MEZ MESZ"""
)
"""Days, months and what else of the calendar and the clock has a capital."""
TITLES = word_set(
    """minister president premier chancellor governor senator mayor mayoress king queen prince
    princess pope general colonel captain judge justice sir dame lord lady mr mrs ms miss dr
    prof professor rev reverend bishop archbishop chairman chairwoman director secretary
    ambassador sergeant officer inspector commissioner lieutenant admiral major doctor sheikh
    imam rabbi representative rep sen gov gen councillor congressman congresswoman deputy
    speaker emperor sheriff m herr frau bürgermeister bürgermeisterin oberbürgermeister
    oberbürgermeisterin landrat landrätin kanzler kanzlerin bundeskanzler bundeskanzlerin
    ministerin präsident präsidentin trainer trainerin innenminister innenministerin
    außenminister außenministerin finanzminister finanzministerin ministerpräsident
    ministerpräsidentin vorstandschef vorstandschefin sprecher sprecherin direktor direktorin
    monsieur madame président présidente ministre maire roi reine señor señora presidente
    presidenta ministro ministra alcalde alcaldesa rey reina don doña juez jueza gobernador
    gobernadora ceo cfo coo president-elect prime-minister co-founder chef"""
)
"""What stands before a name and makes it a person's, casefolded."""
BEFORE_TITLE = word_set(
    """prime interior foreign finance defence defense education health justice vice deputy former
    acting chief home first lieutenant major brigadier attorney culture sports energy
    transport environment trade labour labor economy agriculture social ex-"""
)
"""What belongs to the title after it: Interior Minister."""
TRADES = word_set(
    """striker keeper goalkeeper midfielder defender captain coach astronomer engineer poet
    singer actor actress painter author writer director novelist baker nurse teacher guide
    sprinter scientist researcher activist lawyer prosecutor founder owner chairman skipper
    pilot chef conductor composer musician artist photographer journalist spokesman
    spokeswoman economist analyst doctor surgeon professor historian driver farmer councillor
    lawmaker leader premier president minister clerk cox champion veteran opener batsman
    bowler winger forward rival pop star billionaire tycoon newcomer retailer carmaker
    chipmaker airline charity"""
)
"""What somebody or something does, before its name."""
OPENERS = word_set(
    """A An The This That These Those In On At By For From With Without After Before During While
    When Where Who Why What How If As But And Or So Yet It Its He She They We You His Her
    Their Our My There Here Not No Nor All Both Each Every Some Many Most Few Several One Two
    Three Four Five Six Seven Eight Nine Ten Dozens Hundreds Thousands Tens Under Over Since
    Happy Merry Dear Until Because Although Though Despite Among Between Against About Above
    Across Around Into
    Near Once Now Then Than Two- Also However Meanwhile Earlier Later Last Next New Old Former
    First Second Third Another Other More Less Only Even Still Just Like Such Police Officials
    Former Yesterday Today Tomorrow Update Breaking Live Exclusive Watch Analysis Opinion
    Factbox Timeline Explainer Correction Urgent Inside Outside Within Ex Der Die Das Ein Eine
    Einen Einem Einer Im Am Bei Beim Nach Vor Mit Von Vom Zum Zur Auf Aus Für Durch Gegen Ohne
    Um Zwischen Über Unter Seit Wegen Trotz Als Wenn Weil Dass Ob Und Oder Aber Auch Noch Nur
    Schon Er Sie Es Wir Ihr Man Wer Was Wie Wo Mehr Viele Alle Tausende Hunderte Zwei Drei
    Vier Fünf Sechs Sieben Acht Neun Zehn Twenty Thirty Forty Fifty Sixty Seventy Eighty
    Ninety Hundred Thousand Le La Les Un Une Des Du De Au Aux En Et Ou Mais Il Elle Ils Elles
    On Nous Vous Ce Cet Cette Ces Son Sa Ses Leur Dans Sur Sous Par Pour Avec Sans Après Avant
    Selon Plus Fin El Los Las Una Unos Unas Del Al Con Sin Por Para Según Tras Ante Desde
    Hasta Entre Pero Su Sus Este Esta Estos Estas Lo Se No Más Detenido Dos Tres Je Tu J'ai
    C'est"""
)
"""Words that have their capital only because they begin something."""
ORGS = word_set(
    """Group Bank Council Union University College Hospital Clinic Institute Party Court Rovers
    United FC SC Athletic Wanderers Museum Board Office Authority Federation Association
    Ministry Department Agency Airlines Air Airways Inc Ltd Corp Corporation Company Co plc
    PLC AG GmbH SE SA SpA LLC Holdings Capital Foods Circuits Motors Steel Oil Energy Ropes
    Rail Railways Savings Senate Parliament Congress Commission Committee Police Army Navy
    Institution Foundation Trust Society School Academy Orchestra Philharmonic Opera Theatre
    Theater Church Observatory Relief Service Services Industries Systems Technologies Pharma
    Laboratories Partners Ventures Media League Division List Club Treasury House Exchange
    Bourse Werke Klinik Partei Verband Gewerkschaft Bundestag Bundesrat Hochschule Universität
    Marienklinik Parti Banque Université Banco Partido Universidad Ayuntamiento Front Movement
    Alliance Coalition Assembly Network Team Unit Force Forces"""
)
"""How names of organisations end."""
ORG_FIRST = word_set(
    """Bank University Ministry Department Bureau Institute Federation Chamber Banco Universidad
    Ministerio Tribunal Fiscalía Audiencia Partido Instituto Banque Université Ministère Parti Cour
    Conseil Institut Universität Ministerium Landgericht Amtsgericht"""
)
"""How names of organisations begin, or what stands before the first `of` in them."""
PLACES = word_set(
    """Valley Bay Islands Island Lake River Mount Mountains Mountain Port Cape Dam Canal Pass
    Airport Bridge Street Park Mine Pit Alps Sea Ocean Gulf Strait Desert Forest Beach Harbour
    Harbor City Town County Province District State Republic Kingdom Isle Isles Coast
    Peninsula Square Avenue Road Station Rock Shoal Point Hills Heights Falls Springs Col Lac
    Mont Puerto Valle Río Isla Saint Fort Camp Palace Castle Tower Stadium Reef Volcano
    Glacier"""
)
"""How names of places begin or end."""
EVENTS = word_set(
    """Cup Open Summit Festival Games Prize Race War Conference Marathon Championship
    Championships Olympics Derby Tournament Awards Award Election Expo Fair Lotto Draw Prix
    Masters Forum"""
)
"""How names of events end."""
OF_HEADS = word_set(
    """Bank University Ministry Department Court House Republic City Port Bay Gulf Lake Isle Cape
    Museum Institute Church Bureau Council Board Office Order Knights College School Union
    League Federation Strait Province State Kingdom Board Academy Chamber Duchess Duke
    Archbishop Organization Organisation Association Society Party Confederation Movement"""
)
"""What `of` joins to what comes after it: Bank of Norland."""
COMMON = word_set(
    """Government Parliament Police State Ministry Court Island Church Army Council Cabinet
    Opposition Gobierno Congreso Policía Estado Regierung Polizei Feuerwehr Kommission
    Gouvernement Assemblée République État Earth God North South East West Centre Center Court
    House Act Bill Company"""
)
"""Words that have a capital in many places and name nothing by themselves."""
AGES = word_set("Age Ages Era Century Day Week Month Year Time")
"""Stretches of time, capitalised by some."""
LINKS = word_set(
    "of de del della di da do dos das du des la le les el al von van der den zu bin ibn y &"
)
"""Small words within a name."""
IN = word_set(
    """in at near from of to across off outside inside around through into over towards toward
    north south east west bei aus nahe nach à en vers près dans desde hacia um"""
)
"""What stands before a place, if not before places alone."""
ACRONYMS = word_set(
    """CEO CEOs CFO COO CTO IPO IPOs GDP GNP EPS FFO EBITDA EBIT ETF ETFs TV DVD CD DNA RNA PCR HIV
    AIDS ADHD VIP PDF JPG JPEG PNG GIF URL AI IT PR HR VAT FAQ SMS GPS SUV SUVs ATM ID PIN LED
    UFO CV MP MPs MEP MEPs PhD BA MA MBA OK FYI TBA TBC AGM VAR MVP MVPs PM BIP KMU PIB PYME ARN
    ADN"""
)
"""Capitals that stand for a thing of which there are many; no reader follows them."""
FIRST_NAMES = word_set(
    """Aaron Abdul Abdullah Abigail Abraham Adam Adrian Agnes Ahmad Ahmed Aisha Ajay Akira Alan
    Albert Alberto Alejandro Aleksandr Alessandro Alex Alexander Alexandra Alexandre Alexei
    Alfonso Alfred Ali Alice Alicia Alison Alistair Allan Allen Alvaro Amanda Amelia Amina
    Amir Amit Amy Ana Anastasia Anders Andre Andrea Andreas Andrei Andrej Andres Andrew Andrey
    André Andrés Angela Angelina Anil Anita Anja Anke Ann Anna Anne Annette Annika Anthony
    Antje Antoine Anton Antonio António Arjun Arne Arnold Arthur Arun Arvind Ashley Ashok
    Astrid Audrey Axel Ayesha Barbara Barry Bashar Beatrice Beatriz Ben Benedikt Benjamin
    Bernard Bernd Bernhard Bernie Beth Betty Bjorn Björn Bob Bobby Boris Brad Brandon Brenda
    Brendan Brett Brian Brigitte Britta Bruce Bryan Caitlin Camila Camille Carl Carla Carlo
    Carlos Carmen Carol Carole Caroline Carsten Catherine Cathy Cecilia Charlene Charlotte
    Cheryl Chris Christa Christiane Christina Christine Christoph Christophe Christopher Cindy
    Claire Clara Claudia Claudio Clemens Colin Connor Corinna Craig Cristiano Cristina Cynthia
    Dagmar Daisuke Damien Dan Daniel Daniela Daniele Daniella Danielle Danny Darren Dave David
    Davide Dean Deborah Debra Deepak Denis Denise Dennis Derek Detlef Diana Diane Dick Didier
    Diego Dieter Dietmar Dinesh Dirk Dmitri Dmitry Dominik Dominique Donald Donna Doris
    Dorothy Doug Douglas Duncan Dwayne Dwyane Eberhard Ebrahim Ed Eddie Edgar Edith Edmund
    Eduardo Edward Edwin Eileen Ekaterina Eleanor Elena Elias Elisabeth Elise Elizabeth Ella
    Ellen Emily Emma Emmanuel Enrico Enrique Eric Erik Erika Ernest Ernesto Ernst Ethan Eugene
    Eva Evelyn Fabian Fabio Fatima Felipe Felix Ferdinand Fernanda Fernando Filippo Fiona
    Florian Francesca Francesco Francine Francisca Francisco Franco Frank Franz François
    Françoise Fred Frederic Frederick Friedrich Fritz Frédéric Gabriel Gabriela Gabriele
    Gareth Gary Gavin Geoff Geoffrey Georg George Gerald Gerard Gerd Gerhard Gianni Giorgia
    Giorgio Giovanni Gisela Giulia Giuseppe Glenn Gloria Gonzalo Gordon Greg Gregor Gregory
    Greta Guido Guillaume Guillermo Gustav Gustavo Gérard Günter Günther Hamid Hamza Hannah
    Hans Harald Harold Harry Hartmut Hassan Hector Heidi Heike Heiko Heinrich Heinz Helen
    Helena Helga Helmut Henri Henrik Henry Herbert Hermann Hideo Hillary Hiroshi Holger Horst
    Howard Hubert Hugo Hussein Ian Ibrahim Ignacio Igor Ilhan Ilya Imran Ines Inge Ingrid
    Irene Irina Isaac Isabel Isabella Isabelle Ivan Ivana Jackie Jacob Jacqueline Jacques
    Jaime Jakob James Jamie Jan Jana Jane Janet Janice Jason Javier Jean Jean-Claude Jean-Luc
    Jean-Marie Jean-Pierre Jeff Jeffrey Jennifer Jens Jeremy Jerome Jerry Jessica Jesús Jill
    Jim Jimmy Joachim Joan Joanna Joanne Joao Joaquín Jochen Joe Joel Johan Johann Johanna
    Johannes John Johnny Jon Jonas Jonathan Joni Jorge Jose Josef Josefina Josep Joseph Josh
    Joshua José Joyce João Juan Juana Judith Judy Julia Julian Juliane Julie Julien Julio Jörg
    Jürgen Karen Karim Karin Karl Karsten Kate Katharina Katherine Kathleen Kathrin Kathryn
    Kathy Katie Katja Katrin Kazuo Keith Kelly Ken Kenji Kenneth Kerstin Kevin Khalid Kiran
    Klaus Kofi Konrad Kristian Kristin Kumar Kurt Kyle Kylian Larry Lars Latifa Laura Lauren
    Laurence Laurent Lena Leo Leon Leonard Leonardo Leonid Leopold Leslie Leyla Liam Lillian
    Linda Lionel Lisa Liz Lloyd Lorenzo Lothar Louis Louise Luca Lucas Lucia Lucy Ludwig Luis
    Luisa Luiz Lukas Luke Lutz Lydia Lynn Maggie Mahmoud Maite Malcolm Malik Manfred Manuel
    Manuela Marc Marcel Marcelo Marco Marcos Marcus Margaret Margarita Margot Maria Mariana
    Marianne Marie Marina Mario Marion Marisa Marko Markus Marta Martha Martin Martina Martine
    Marwan Mary María Mathias Mathieu Matt Matteo Matthew Matthias Maurice Mauricio Maximilian
    Mehmet Melanie Melissa Mercedes Michael Michaela Michal Michel Michele Michelle Miguel
    Mikael Mike Mikhail Milan Miriam Mitch Mohamed Mohammad Mohammed Mohan Moira Monica Monika
    Monique Mustafa Myriam Nadia Nadine Nancy Naomi Narendra Natalia Natalie Natasha Nathan
    Neil Nelson Nicholas Nick Nicola Nicolas Nicole Nicolás Nigel Nikolai Nikolaus Nils Nina
    Noah Noor Nora Norbert Norman Olaf Oleg Olga Oliver Olivia Olivier Omar Oscar Oskar Osman
    Otto Owen Pablo Pamela Paolo Pascal Patricia Patrick Patrik Paul Paula Paulo Pavel Pedro
    Peggy Penelope Peter Petra Phil Philip Philipp Philippe Phillip Pierre Pilar Piotr Prakash
    Priya Rachel Rafael Rahul Rainer Raj Rajesh Rajiv Ralf Ralph Ramon Ramón Randy Raphael
    Rashid Raul Ravi Raymond Raúl Rebecca Reinhard Reinhold Renata Renate René Reza Ricardo
    Richard Rick Rita Rob Robert Roberta Roberto Robin Rodrigo Roger Rohit Roland Rolf Roman
    Ron Ronald Rosa Rosemary Roy Rudi Rudolf Rupert Russell Ruth Ryan Rüdiger Sabine Sabrina
    Sadiq Salman Salvador Sam Samantha Samir Samuel Sandra Sandro Sanjay Sara Sarah Saskia
    Scott Sean Sebastian Sergei Sergey Sergio Shaun Sheila Sheldon Shinzo Shirley Sigmar Silke
    Silvia Silvio Simon Simone Siobhan Sofia Sofía Sonia Sonja Sophia Sophie Stefan Stefania
    Stefanie Steffen Stephan Stephane Stephanie Stephen Steve Steven Stuart Stéphane Sue Sunil
    Suresh Susan Susanna Susanne Suzanne Svetlana Swen Sylvia Sylvie Sébastien Takashi Tamara
    Tania Tanja Tariq Ted Terence Teresa Terry Theodor Theresa Therese Thierry Thomas Thomasz
    Tim Timothy Tina Tobias Todd Tom Tomas Tomasz Tommy Toni Tony Torsten Toshio Tracey Tracy
    Travis Trevor Udo Ulf Ulla Ulrich Ulrike Umberto Ursula Ute Uwe Valentina Valeria Valerie
    Vanessa Vera Verena Veronica Veronika Vicente Vicky Victor Vijay Vikram Viktor Vincent
    Vincenzo Vinod Vladimir Volker Volodymyr Waldemar Walter Wayne Wendy Werner Wilhelm Willi
    William Willy Winfried Wolfgang Xavier Yann Yannick Yasmin Yasser Yolanda Yuki Yuri Yusuf
    Yves Yvonne Zachary Zainab Zoe Álvaro Ángel Élisabeth Émile Éric Étienne Óscar Ömer"""
)
"""First names by which people are told from places and things; none that is a place or a word."""
