"""Entries as the styles of the field print them, with what they name; written by hand, no paper's own list.

Each is a block of lines: style, the entry as printed (italics between underscores), authors parted by ``;``, title,
year, venue, then ``doi``, ``arxiv`` or ``url`` with their value.  A dash stands for what is not printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TEXT = """
APA
Vaswani, A., Shazeer, N., & Parmar, N. (2017). Attention is all you need. _Advances in Neural Information Processing Systems_, _30_, 5998–6008. https://doi.org/10.5555/3295222.3295349
Vaswani, A.; Shazeer, N.; Parmar, N.
Attention is all you need
2017
Advances in Neural Information Processing Systems
doi 10.5555/3295222.3295349

APA book, edition
Kahneman, D. (2011b). _Thinking, fast and slow_ (2nd ed.). Farrar, Straus and Giroux.
Kahneman, D.
Thinking, fast and slow
2011
Farrar, Straus and Giroux

APA chapter
de la Cruz, M. E., & van der Meer, J.-P. (2019). Rivers and their people. In A. Holt & B. Ruiz (Eds.), _Handbook of river studies_ (pp. 12–40). Springer. https://doi.org/10.1007/978-3-030-12345-6_2
de la Cruz, M. E.; van der Meer, J.-P.
Rivers and their people
2019
Handbook of river studies
doi 10.1007/978-3-030-12345-6_2

APA organisation, no date
World Health Organization. (n.d.). _Mental health atlas_. Retrieved March 3, 2020, from https://www.who.int/mental_health/evidence/atlas
World Health Organization
Mental health atlas
-
-
url https://www.who.int/mental_health/evidence/atlas

APA in press
Okafor, C. U., & Lee, S.-H. (in press). Sleep and memory in shift workers since 1990. _Sleep Medicine_.
Okafor, C. U.; Lee, S.-H.
Sleep and memory in shift workers since 1990
-
Sleep Medicine

APA suffix
King, M. L., Jr., & Davis, S., III. (1998, May 12). Notes on a movement. _Journal of American Studies_, _12_(3), 1–20.
King, M. L., Jr.; Davis, S., III
Notes on a movement
1998
Journal of American Studies

APA thesis
García Márquez, P. (2015). _Coral growth under heat stress_ [Doctoral dissertation, University of Queensland]. UQ eSpace.
García Márquez, P.
Coral growth under heat stress
2015
-

APA translated title
Piaget, J. (1966). La psychologie de l'enfant [The psychology of the child]. _Presses Universitaires de France_.
Piaget, J.
La psychologie de l'enfant [The psychology of the child]
1966
Presses Universitaires de France

APA many authors with a dash of three dots
Miller, T. C., Brown, M. J., Wilson, G. L., Evans, B. B., Kelly, R. S., Turner, S. T., … Nelson, T. P. (2018). The nature of nurture. _Psychological Review_, _125_(2), 123–156.
Miller, T. C.; Brown, M. J.; Wilson, G. L.; Evans, B. B.; Kelly, R. S.; Turner, S. T.; Nelson, T. P.
The nature of nurture
2018
Psychological Review

APA question
Baron-Cohen, S., Leslie, A. M., & Frith, U. (1985). Does the autistic child have a “theory of mind”? _Cognition_, _21_(1), 37–46.
Baron-Cohen, S.; Leslie, A. M.; Frith, U.
Does the autistic child have a “theory of mind”?
1985
Cognition

APA software
R Core Team. (2021). _R: A language and environment for statistical computing_. R Foundation for Statistical Computing. https://www.R-project.org/
R Core Team
R: A language and environment for statistical computing
2021
R Foundation for Statistical Computing
url https://www.R-project.org/

MLA
Morrison, Toni, and Angela Davis. “On Writing and Freedom.” _The Black Scholar_, vol. 12, no. 3, 2009, pp. 45–60.
Morrison, Toni; Davis, Angela
On Writing and Freedom
2009
The Black Scholar

MLA et al.
Burdick, Anne, et al. _Digital Humanities_. MIT P, 2012.
Burdick, Anne
Digital Humanities
2012
MIT P

MLA chapter
Copeland, Edward. “Money.” _The Cambridge Companion to Jane Austen_, edited by Copeland and Juliet McMaster, Cambridge UP, 1997, pp. 131–48.
Copeland, Edward
Money
1997
The Cambridge Companion to Jane Austen

MLA web page
Lundman, Susan. “How to Make Vegetarian Chili.” _eHow_, www.ehow.com/how_10727_make-vegetarian-chili.html. Accessed 6 July 2015.
Lundman, Susan
How to Make Vegetarian Chili
-
eHow
url www.ehow.com/how_10727_make-vegetarian-chili.html

Chicago bibliography
Grazer, Brian, and Charles Fishman. _A Curious Mind: The Secret to a Bigger Life_. New York: Simon & Schuster, 2015.
Grazer, Brian; Fishman, Charles
A Curious Mind: The Secret to a Bigger Life
2015
New York: Simon & Schuster

Chicago author-date
Keng, Shao-Hsun, Chun-Hung Lin, and Peter F. Orazem. 2017. “Expanding College Access in Taiwan, 1978–2014.” _Journal of Human Capital_ 11 (1): 1–34. https://doi.org/10.1086/690235.
Keng, Shao-Hsun; Lin, Chun-Hung; Orazem, Peter F.
Expanding College Access in Taiwan, 1978–2014
2017
Journal of Human Capital
doi 10.1086/690235

Chicago thesis
Rutz, Cynthia Lillian. “King Lear and Its Folktale Analogues.” PhD diss., University of Chicago, 2013.
Rutz, Cynthia Lillian
King Lear and Its Folktale Analogues
2013
-

Chicago organisation
United Nations High Commissioner for Refugees. 2004. _Handbook for Emergencies_. Geneva: UNHCR.
United Nations High Commissioner for Refugees
Handbook for Emergencies
2004
Geneva: UNHCR

Harvard
Adams, R.J., Weiss, T.D. and Coatie, J.J. (2010) ‘The World Health Organisation, its history and impact’, _The Lancet_, 29(4), pp. 3–18.
Adams, R.J.; Weiss, T.D.; Coatie, J.J.
The World Health Organisation, its history and impact
2010
The Lancet

Harvard book
Bell, J. (2014) _Doing your research project_. Maidenhead: Open University Press.
Bell, J.
Doing your research project
2014
Maidenhead: Open University Press

Harvard web page
Environment Agency (2018) _Check for flooding_. Available at: https://www.gov.uk/check-flooding (Accessed: 5 May 2021).
Environment Agency
Check for flooding
2018
-
url https://www.gov.uk/check-flooding

Vancouver
Petitti DB, Crooks VC, Buckwalter JG, Chiu V. Blood pressure levels before dementia. Arch Neurol. 2005 Jan;62(1):112-6. doi: 10.1001/archneur.62.1.112
Petitti, DB; Crooks, VC; Buckwalter, JG; Chiu, V
Blood pressure levels before dementia
2005
Arch Neurol
doi 10.1001/archneur.62.1.112

Vancouver book
Jenkins PF. Making sense of the chest x-ray: a hands-on guide. 2nd ed. London: Taylor & Francis; 2013. 194 p.
Jenkins, PF
Making sense of the chest x-ray: a hands-on guide
2013
-

Vancouver chapter
Whiteford HA, van Os J Jr. Mental health burden. In: Scott KM, editor. Psychiatric epidemiology. 3rd ed. Oxford: OUP; 2015. p. 12-30.
Whiteford, HA; van Os, J, Jr
Mental health burden
2015
Psychiatric epidemiology

Vancouver consortium
Diabetes Prevention Program Research Group. Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance. Hypertension. 2002;40(5):679-86.
Diabetes Prevention Program Research Group
Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance
2002
Hypertension

Vancouver web
Cancer-Pain.org [Internet]. New York: Association of Cancer Online Resources, Inc.; c2000 [cited 2002 Jul 9]. Available from: http://www.cancer-pain.org/.
-
Cancer-Pain.org
2000
-
url http://www.cancer-pain.org/

Vancouver epub
El-Sayed AM, O’Brien K, D'Angelo P, et al. Tea and bone density: a cohort study of 2019 women. BMJ Open. 2021;11:e045678. Epub 2021 Mar 5.
El-Sayed, AM; O’Brien, K; D'Angelo, P
Tea and bone density: a cohort study of 2019 women
2021
BMJ Open

IEEE journal
K. He, X. Zhang, and J. van de Weijer, “Deep residual learning for image recognition (2015 revision),” _IEEE Trans. Pattern Anal. Mach. Intell._, vol. 39, no. 6, pp. 1137–1149, Jun. 2017, doi: 10.1109/TPAMI.2016.2577031.
He, K.; Zhang, X.; van de Weijer, J.
Deep residual learning for image recognition (2015 revision)
2017
IEEE Trans. Pattern Anal. Mach. Intell.
doi 10.1109/TPAMI.2016.2577031

IEEE conference
J. Redmon, S. Divvala, R. Girshick et al., “You only look once: Unified, real-time object detection,” in _Proc. IEEE Conf. Comput. Vis. Pattern Recognit. (CVPR)_, Las Vegas, NV, USA, 2016, pp. 779–788.
Redmon, J.; Divvala, S.; Girshick, R.
You only look once: Unified, real-time object detection
2016
Proc. IEEE Conf. Comput. Vis. Pattern Recognit. (CVPR)

IEEE book
S. Russell and P. Norvig, _Artificial Intelligence: A Modern Approach_, 4th ed. Hoboken, NJ, USA: Pearson, 2020.
Russell, S.; Norvig, P.
Artificial Intelligence: A Modern Approach
2020
-

IEEE thesis
J. O. Williams, “Narrow-band analyzer,” Ph.D. dissertation, Dept. Elect. Eng., Harvard Univ., Cambridge, MA, USA, 1993.
Williams, J. O.
Narrow-band analyzer
1993
-

IEEE standard
_IEEE Standard for Floating-Point Arithmetic_, IEEE Standard 754-2019, 2019.
-
IEEE Standard for Floating-Point Arithmetic
2019
-

IEEE web
U.S. Department of Energy, “Annual energy outlook,” 2019. [Online]. Available: https://www.energy.gov/outlook/aeo_2019.pdf. [Accessed: Mar. 12, 2020].
U.S. Department of Energy
Annual energy outlook
2019
-
url https://www.energy.gov/outlook/aeo_2019.pdf

IEEE arXiv
T. B. Brown, B. Mann, N. Ryder, et al., “Language models are few-shot learners,” 2020, _arXiv:2005.14165_.
Brown, T. B.; Mann, B.; Ryder, N.
Language models are few-shot learners
2020
-
arxiv 2005.14165

ACM
Emily M. Bender, Timnit Gebru, Angelina McMillan-Major, and Shmargaret Shmitchell. 2021. On the Dangers of Stochastic Parrots: Can Language Models Be Too Big? In _Proceedings of the 2021 ACM Conference on Fairness, Accountability, and Transparency (FAccT ’21)_. ACM, New York, NY, USA, 610–623. https://doi.org/10.1145/ 3442188.3445922
Bender, Emily M.; Gebru, Timnit; McMillan-Major, Angelina; Shmitchell, Shmargaret
On the Dangers of Stochastic Parrots: Can Language Models Be Too Big?
2021
Proceedings of the 2021 ACM Conference on Fairness, Accountability, and Transparency (FAccT ’21)
doi 10.1145/3442188.3445922

ACM journal
Patricia S. Abril and Robert Plant. 2007. The patent holder’s dilemma: Buy, sell, or troll? _Commun. ACM_ 50, 1 (Jan. 2007), 36–44.
Abril, Patricia S.; Plant, Robert
The patent holder’s dilemma: Buy, sell, or troll?
2007
Commun. ACM

ACM book
David Kosiur. 2001. _Understanding Policy-Based Networking_ (2nd. ed.). Wiley, New York, NY.
Kosiur, David
Understanding Policy-Based Networking
2001
Wiley, New York, NY

ACL
Jacob Devlin, Ming-Wei Chang, Kenton Lee, and Kristina Toutanova. 2019. BERT: Pre-training of deep bidirectional transformers for language understanding. In _Proceedings of the 2019 Conference of the North American Chapter of the Association for Computational Linguistics_, pages 4171–4186, Minneapolis, Minnesota. Association for Computational Linguistics.
Devlin, Jacob; Chang, Ming-Wei; Lee, Kenton; Toutanova, Kristina
BERT: Pre-training of deep bidirectional transformers for language understanding
2019
Proceedings of the 2019 Conference of the North American Chapter of the Association for Computational Linguistics

ACL preprint
Hugo Touvron, Thibaut Lavril, Gautier Izacard, et al. 2023a. LLaMA: Open and efficient foundation language models. _arXiv preprint arXiv:2302.13971v1_.
Touvron, Hugo; Lavril, Thibaut; Izacard, Gautier
LLaMA: Open and efficient foundation language models
2023
-
arxiv 2302.13971

ACL mid-initial
Atul Kr. Ojha, Th. Müller, Robert C. Moore, Oscar de la Hoz, and John P. McCrae. 2024. Findings of a shared task. _Computational Linguistics_, 50(1):1–12.
Ojha, Atul Kr.; Müller, Th.; Moore, Robert C.; de la Hoz, Oscar; McCrae, John P.
Findings of a shared task
2024
Computational Linguistics

natbib plainnat
Leo Breiman. Random forests. _Machine Learning_, 45(1):5–32, 2001. doi: 10.1023/A:1010933404324. URL https://link.springer.com/article/10.1023/A:1010933404324.
Breiman, Leo
Random forests
2001
Machine Learning
doi 10.1023/A:1010933404324

plainnat book
Christopher M. Bishop. _Pattern Recognition and Machine Learning (Information Science and Statistics)_. Springer-Verlag, Berlin, Heidelberg, 2006. ISBN 0387310738.
Bishop, Christopher M.
Pattern Recognition and Machine Learning (Information Science and Statistics)
2006
Springer-Verlag, Berlin, Heidelberg

plainnat in press
Ludwig van den Broek and Ana M. de Souza. The long tail of rare words. _Journal of Lexicography_, 2022. To appear.
van den Broek, Ludwig; de Souza, Ana M.
The long tail of rare words
2022
Journal of Lexicography

BibTeX plain
D. E. Knuth. _The Art of Computer Programming_, volume 1. Addison-Wesley, Reading, Massachusetts, third edition, 1997.
Knuth, D. E.
The Art of Computer Programming
1997
-

BibTeX abbrv
L. Lamport. Time, clocks, and the ordering of events in a distributed system. _Commun. ACM_, 21(7):558–565, July 1978.
Lamport, L.
Time, clocks, and the ordering of events in a distributed system
1978
Commun. ACM

BibTeX alpha
M. R. Garey and D. S. Johnson. _Computers and Intractability; A Guide to the Theory of NP-Completeness_. W. H. Freeman & Co., New York, NY, USA, 1990.
Garey, M. R.; Johnson, D. S.
Computers and Intractability; A Guide to the Theory of NP-Completeness
1990
W. H. Freeman & Co., New York, NY, USA

BibTeX techreport
S. Brin and L. Page. The PageRank citation ranking: Bringing order to the web. Technical Report 1999-66, Stanford InfoLab, November 1999.
Brin, S.; Page, L.
The PageRank citation ranking: Bringing order to the web
1999
-

BibTeX inproceedings
M. Abadi, P. Barham, et al. TensorFlow: A system for large-scale machine learning. In _12th USENIX Symposium on Operating Systems Design and Implementation (OSDI 16)_, pages 265–283, 2016.
Abadi, M.; Barham, P.
TensorFlow: A system for large-scale machine learning
2016
12th USENIX Symposium on Operating Systems Design and Implementation (OSDI 16)

BibTeX old arXiv
P. D. Turney. Human-level performance on word analogy questions. CoRR, abs/cs.CL/0412024, 2004.
Turney, P. D.
Human-level performance on word analogy questions
2004
CoRR
arxiv cs.CL/0412024

Elsevier numeric
J. Schmidhuber, Deep learning in neural networks: An overview, Neural Netw. 61 (2015) 85–117. https://doi.org/10.1016/j.neunet.2014.09.003.
Schmidhuber, J.
Deep learning in neural networks: An overview
2015
Neural Netw.
doi 10.1016/j.neunet.2014.09.003

Elsevier with a list of nouns
M.A. Hernán, J.M. Robins, Solar, wind and hydro power in Spain, Renew. Sustain. Energy Rev. 41 (2015) 1–12.
Hernán, M.A.; Robins, J.M.
Solar, wind and hydro power in Spain
2015
Renew. Sustain. Energy Rev.

Elsevier Harvard
Smith, P., de Vries, W., Jones, K.L., 2008. Greenhouse gas mitigation in agriculture. Philos. Trans. R. Soc. B 363, 789–813. https://doi.org/10.1098/rstb.2007.2184
Smith, P.; de Vries, W.; Jones, K.L.
Greenhouse gas mitigation in agriculture
2008
Philos. Trans. R. Soc. B
doi 10.1098/rstb.2007.2184

Elsevier book
W. Strunk Jr., E.B. White, The Elements of Style, fourth ed., Longman, New York, 2000.
Strunk, W., Jr.; White, E.B.
The Elements of Style
2000
-

Elsevier chapter
G.R. Mettam, L.B. Adams, How to prepare an electronic version of your article, in: B.S. Jones, R.Z. Smith (Eds.), Introduction to the Electronic Age, E-Publishing Inc., New York, 2009, pp. 281–304.
Mettam, G.R.; Adams, L.B.
How to prepare an electronic version of your article
2009
Introduction to the Electronic Age

Elsevier web
Cancer Research UK, Cancer statistics reports for the UK. http://www.cancerresearchuk.org/aboutcancer/statistics/cancerstatsreport/, 2003 (accessed 13 March 2003).
Cancer Research UK
Cancer statistics reports for the UK
2003
-
url http://www.cancerresearchuk.org/aboutcancer/statistics/cancerstatsreport/

LNCS
Ronneberger, O., Fischer, P., Brox, T.: U-Net: convolutional networks for biomedical image segmentation. In: Navab, N., Hornegger, J., Wells, W.M., Frangi, A.F. (eds.) MICCAI 2015. LNCS, vol. 9351, pp. 234–241. Springer, Cham (2015). https://doi.org/10.1007/978-3-319-24574-4_28
Ronneberger, O.; Fischer, P.; Brox, T.
U-Net: convolutional networks for biomedical image segmentation
2015
MICCAI
doi 10.1007/978-3-319-24574-4_28

LNCS journal
von Ahn, L., Dabbish, L.: Designing games with a purpose. Commun. ACM 51(8), 58–67 (2008)
von Ahn, L.; Dabbish, L.
Designing games with a purpose
2008
Commun. ACM

LNCS proceedings editors
LNCS Homepage, http://www.springer.com/lncs, last accessed 2023/10/25
-
LNCS Homepage
-
-
url http://www.springer.com/lncs

Nature
Silver, D. et al. Mastering the game of Go without human knowledge. _Nature_ **550**, 354–359 (2017).
Silver, D.
Mastering the game of Go without human knowledge
2017
Nature

Nature book
Eigler, D. M. & Schweizer, E. K. in _Atomic and Molecular Manipulation_ 3rd edn (eds Mayne, A. J. & Dujardin, G.) 17–40 (Elsevier, 2011).
Eigler, D. M.; Schweizer, E. K.
-
2011
Atomic and Molecular Manipulation

Nature preprint
Babichev, S. A., Ries, J. & Lvovsky, A. I. Quantum scissors: teleportation of single-mode optical states. Preprint at https://arxiv.org/abs/quant-ph/0208066 (2002).
Babichev, S. A.; Ries, J.; Lvovsky, A. I.
Quantum scissors: teleportation of single-mode optical states
2002
-
arxiv quant-ph/0208066

Science
C. Lin, T. Fujime, Predicting protein folds from sequence alone. _Science_ **346**, 1258096 (2014).
Lin, C.; Fujime, T.
Predicting protein folds from sequence alone
2014
Science

Science without a title
N. Tang, Y. Chen, A. H. MacDonald, _Science_ **310**, 1310–1314 (2005).
Tang, N.; Chen, Y.; MacDonald, A. H.
-
2005
Science

RSC
A. J. Bard, K.-S. Kim and L. C. de Jonghe, _J. Mater. Chem. A_, 2016, **4**, 18621–18627.
Bard, A. J.; Kim, K.-S.; de Jonghe, L. C.
-
2016
J. Mater. Chem. A

RSC book
K. C. Nicolaou and E. J. Sorensen, _Classics in Total Synthesis_, Wiley-VCH, Weinheim, 1996, pp. 12–30.
Nicolaou, K. C.; Sorensen, E. J.
Classics in Total Synthesis
1996
-

ACS without a title
Ding, Y.; Zhang, C.; Yu, G. _Chem. Soc. Rev._ 2018, 47, 69–103.
Ding, Y.; Zhang, C.; Yu, G.
-
2018
Chem. Soc. Rev.

ACS
Deno, N. C.; Richey, H. G.; Liu, J. S. Carbonium Ions in Strong Acids. _J. Am. Chem. Soc._ **1965**, _87_ (20), 4533−4538. DOI: 10.1021/ja00948a010.
Deno, N. C.; Richey, H. G.; Liu, J. S.
Carbonium Ions in Strong Acids
1965
J. Am. Chem. Soc.
doi 10.1021/ja00948a010

AIP
A. Einstein, B. Podolsky, and N. Rosen, Phys. Rev. **47**, 777 (1935).
Einstein, A.; Podolsky, B.; Rosen, N.
-
1935
Phys. Rev.

REVTeX with a title
S. Weinberg, A model of leptons, Phys. Rev. Lett. **19**, 1264 (1967).
Weinberg, S.
A model of leptons
1967
Phys. Rev. Lett.

REVTeX collaboration
G. Aad _et al._ (ATLAS Collaboration), Observation of a new particle, Phys. Lett. B **716**, 1 (2012), arXiv:1207.7214 [hep-ex].
Aad, G.
Observation of a new particle
2012
Phys. Lett. B
arxiv 1207.7214

REVTeX old arXiv
J. M. Maldacena, Adv. Theor. Math. Phys. **2**, 231 (1998), arXiv:hep-th/9711200.
Maldacena, J. M.
-
1998
Adv. Theor. Math. Phys.
arxiv hep-th/9711200

REVTeX book
M. A. Nielsen and I. L. Chuang, _Quantum Computation and Quantum Information_ (Cambridge University Press, Cambridge, England, 2000).
Nielsen, M. A.; Chuang, I. L.
Quantum Computation and Quantum Information
2000
-

MNRAS
Perlmutter S., Aldering G., van den Bergh S., et al., 1999, ApJ, 517, 565
Perlmutter, S.; Aldering, G.; van den Bergh, S.
-
1999
ApJ

A&A
Gaia Collaboration, Brown, A. G. A., Vallenari, A., et al. 2018, A&A, 616, A1
Gaia Collaboration; Brown, A. G. A.; Vallenari, A.
-
2018
A&A

ApJ
Riess, A. G., Filippenko, A. V., & Challis, P. 1998, AJ, 116, 1009, doi: 10.1086/300499
Riess, A. G.; Filippenko, A. V.; Challis, P.
-
1998
AJ
doi 10.1086/300499

biblatex numeric
Donald E. Knuth. “Literate programming”. In: _The Computer Journal_ 27.2 (May 1984), pp. 97–111. DOI: 10.1093/comjnl/27.2.97.
Knuth, Donald E.
Literate programming
1984
The Computer Journal
doi 10.1093/comjnl/27.2.97

biblatex inproceedings
Jan van der Berg and Ana Smith-Jones. “Neural parsing in 2010”. In: _Proceedings of ACL_. Ed. by Bob Lee. Vol. 2. ACL, 2018, pp. 1–9. URL: https://aclanthology.org/P18-1001 (visited on 05/12/2019).
van der Berg, Jan; Smith-Jones, Ana
Neural parsing in 2010
2018
Proceedings of ACL
url https://aclanthology.org/P18-1001

biblatex eprint
Diederik P. Kingma and Jimmy Ba. _Adam: A Method for Stochastic Optimization_. 2017. arXiv: 1412.6980 [cs.LG].
Kingma, Diederik P.; Ba, Jimmy
Adam: A Method for Stochastic Optimization
2017
-
arxiv 1412.6980

biblatex authoryear
Sutton, Richard S. and Andrew G. Barto (2018). _Reinforcement Learning: An Introduction_. 2nd ed. MIT Press. ISBN: 978-0262039246.
Sutton, Richard S.; Barto, Andrew G.
Reinforcement Learning: An Introduction
2018
MIT Press

biblatex software
The pandas development team. _pandas-dev/pandas: Pandas_. Version 1.3.4. Feb. 2020. DOI: 10.5281/zenodo.3509134. URL: https://doi.org/10.5281/zenodo.3509134.
The pandas development team
pandas-dev/pandas: Pandas
2020
-
doi 10.5281/zenodo.3509134

German
Müller, Hans; Schäfer, Eva: Einführung in die Statistik. 3. Auflage. Berlin: Springer, 2012.
Müller, Hans; Schäfer, Eva
Einführung in die Statistik
2012
-

German editors
Huber, Karl (Hrsg.): Handbuch der Raumplanung. München: Oldenbourg 1998.
Huber, Karl
Handbuch der Raumplanung
1998
-

German chapter
Weiß, Anna: „Stadt und Land im Wandel“. In: Huber, Karl (Hrsg.): _Handbuch der Raumplanung_. München 1998, S. 12–34.
Weiß, Anna
Stadt und Land im Wandel
1998
Handbuch der Raumplanung

German web
Statistisches Bundesamt (2020): Bevölkerung nach Altersgruppen. Online verfügbar unter https://www.destatis.de/DE/Themen/bevoelkerung.html, zuletzt geprüft am 12.05.2021.
Statistisches Bundesamt
Bevölkerung nach Altersgruppen
2020
-
url https://www.destatis.de/DE/Themen/bevoelkerung.html

French
Bourdieu, Pierre, et Jean-Claude Passeron. _Les Héritiers : les étudiants et la culture_. Paris, Éditions de Minuit, 1964.
Bourdieu, Pierre; Passeron, Jean-Claude
Les Héritiers : les étudiants et la culture
1964
-

French guillemets
Durand, P. et Lefèvre, M. (2006). « La ville durable en question », _Espaces et sociétés_, n° 124, p. 11-25.
Durand, P.; Lefèvre, M.
La ville durable en question
2006
Espaces et sociétés

Editors as authors
Sorensen, E., & Hart, L. (Eds.). (2012). _The oxford guide to maps_. Oxford University Press.
Sorensen, E.; Hart, L.
The oxford guide to maps
2012
Oxford University Press

Two-part title
Ikeda, S., & Ito, K. (1987). Solid electrolytes with multivalent cations. II. Conducting species. _Solid State Ionics_, _23_(1), 125–129.
Ikeda, S.; Ito, K.
Solid electrolytes with multivalent cations. II. Conducting species
1987
Solid State Ionics

Report with a number
National Institute of Standards and Technology. 2018. Framework for Improving Critical Infrastructure Cybersecurity. NIST CSWP 04162018. https://doi.org/10.6028/NIST.CSWP.04162018
National Institute of Standards and Technology
Framework for Improving Critical Infrastructure Cybersecurity
2018
-
doi 10.6028/NIST.CSWP.04162018

Standard
ISO/IEC 27001:2013. Information technology – Security techniques – Requirements. International Organization for Standardization, Geneva, 2013.
-
ISO/IEC 27001:2013. Information technology – Security techniques – Requirements
2013
-

RFC
E. Rescorla. The Transport Layer Security (TLS) Protocol Version 1.3. RFC 8446, August 2018. URL https://www.rfc- editor.org/info/rfc8446.
Rescorla, E.
The Transport Layer Security (TLS) Protocol Version 1.3
2018
-
url https://www.rfc-editor.org/info/rfc8446

Company
OpenAI. GPT-4 technical report. arXiv preprint arXiv:2303.08774, 2023.
OpenAI
GPT-4 technical report
2023
-
arxiv 2303.08774

Team
DeepSeek-AI. DeepSeek-V3 technical report. CoRR, abs/2412.19437, 2024. doi: 10.48550/ARXIV.2412.19437. URL https://doi.org/10.48550/arXiv.2412.19437.
DeepSeek-AI
DeepSeek-V3 technical report
2024
CoRR
arxiv 2412.19437

Odd names in the middle
Vink, R., Gooijer, S. de, Beedie, A., nameexhaustion, Zundert, J. van, & Peters, O. (2024). _Polars: Python polars_ (Version 1.4.1) [Computer software]. Zenodo. https: //doi.org/10.5281/zenodo.7697217
Vink, R.; Gooijer, S. de; Beedie, A.; nameexhaustion; Zundert, J. van; Peters, O.
Polars: Python polars
2024
Zenodo
doi 10.5281/zenodo.7697217

Four-word family
Quiceno, M. P., Jonhson Neves De Aquino, L., Ruiz del Castillo, M. L., & Yagüe, B. (2015). Bushmeat networks link the forest to cities. _Ecology and Society_, _20_, 21.
Quiceno, M. P.; Jonhson Neves De Aquino, L.; Ruiz del Castillo, M. L.; Yagüe, B.
Bushmeat networks link the forest to cities
2015
Ecology and Society

Preprint server
Rivera CM, Ñáñez J, Øster P. Genome-wide maps of chromatin. bioRxiv [Preprint]. 2022 [cited 2023 May 1]:2022.05.01.490123. Available from: https://www.biorxiv.org/content/10.1101/2022.05.01.490123v1
Rivera, CM; Ñáñez, J; Øster, P
Genome-wide maps of chromatin
2022
bioRxiv

Newspaper
Carey, B. (2019, March 22). Can we get better at forgetting? _The New York Times_. https://www.nytimes.com/2019/03/22/health/memory-forgetting-psychology.html
Carey, B.
Can we get better at forgetting?
2019
The New York Times
url https://www.nytimes.com/2019/03/22/health/memory-forgetting-psychology.html
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as printed and what it names."""

    style: str
    text: str
    italic: str
    authors: tuple[str, ...]
    title: str
    year: int | None
    venue: str
    doi: str = ""
    arxiv: str = ""
    url: str = ""


def entries() -> list[Entry]:
    """All of them."""
    result = []
    for block in TEXT.strip().split("\n\n"):
        style, printed, authors, title, year, venue, *ids = block.split("\n")
        runs = re.findall(r"(?<![\w/])_([^_]{2,}?)_(?!\w)", printed)
        text = re.sub(r"(?<![\w/])_([^_]+?)_(?!\w)", r"\1", printed).replace("**", "")
        named = dict(line.split(" ", 1) for line in ids)
        result.append(
            Entry(
                style,
                text,
                next((r for r in runs if len(r) > 5 and r != "et al."), ""),
                () if authors == "-" else tuple(authors.split("; ")),
                "" if title == "-" else title,
                None if year == "-" else int(year),
                "" if venue == "-" else venue,
                **named,
            )
        )
    return result
