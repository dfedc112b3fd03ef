"""Words that Swedes make passwords of, the likeliest first: zxcvbn itself knows only English ones."""

# Written by hand for this portal: no frequency list of Swedish is small, kept and free to pass on.
WORDS_BY_LIKELIHOOD = """
lösenord password sommar sommaren vinter vintern höst hösten vår våren hemlig hemligt hemlighet välkommen hej hejhej
hejsan tjena godmorgon goddag sverige svenska svensk stockholm göteborg malmö uppsala lund helsingborg landskrona
kristianstad trelleborg eslöv burlöv arlöv åkarp staffanstorp lomma kävlinge svedala vellinge skurup ystad tomelilla
simrishamn hässleholm ängelholm höganäs åstorp bjuv svalöv höör hörby sjöbo osby perstorp klippan örkelljunga båstad
bromölla skåne skånska blekinge halland småland västerås örebro linköping norrköping jönköping umeå luleå gävle borås
sundsvall eskilstuna halmstad växjö karlstad södertälje östersund kalmar falun kiruna gotland visby öland dalarna
norrland värmland lappland jämtland januari februari mars april maj juni juli augusti september oktober november
december måndag tisdag onsdag torsdag fredag lördag söndag idag imorgon igår vecka månad året nyår påsk påsken
midsommar jul julen julafton jultomten advent lucia valborg kräftskiva semester ledig helg helgen kommun kommunen
kommunens polis polisen polisens poliser polismyndigheten trygghet tryggheten trygg säker säkerhet säkerheten brott
brottsförebyggande förebyggande samverkan överenskommelse samordnare kommunpolis räddningstjänst brandkår socialtjänst
skola skolan förskola fritid fritidsgård ungdom ungdomar barn barnen familj familjen förvaltning styrgrupp portal
portalen inloggning logga användare konto admin administratör administrator chef chefen personal jobb jobbet arbete
kontor kontoret dator datorn telefon mobil internet skrivbord tangentbord mamma pappa mormor morfar farmor farfar
syster bror brorsan son dotter dottern sonen hund hunden katt katten häst hästen fisk fågel kanin björn varg älg räv
tiger lejon elefant delfin sköldpadda drake ekorre igelkott hamster älskar älskling kärlek kärleken hjärta hjärtat vän
vänner kompis kompisar tjej kille flicka pojke kvinna gubbe gumman gullig söt sötnos snygg bäst bästa grym cool häftig
rolig glad lycka lyckan lycklig stark snabb stor liten ny gammal ung fin fint bra sol solen solsken måne månen stjärna
stjärnan himmel himlen regn snö vind storm åska hav havet sjö sjön strand skog skogen berg blomma blommor blomman ros
rosen tulpan solros äpple päron banan apelsin citron jordgubb jordgubbe blåbär hallon kaffe te mjölk bröd ost smör
korv köttbulle köttbullar pannkaka pannkakor pizza choklad godis glass lakrits bulle kanelbulle fika fikapaus öl vin
fotboll fotbollen hockey ishockey innebandy handboll tennis golf simning cykel cykeln löpning ridning träning gym
match mål målvakt lag laget landslag guld silver brons seger mästare champion mff malmöff himmelsblå aik djurgården
hammarby bajen ifk ifkgöteborg blåvitt helsingborgs hif elfsborg redhawks frölunda färjestad brynäs leksand modo
skellefteå rögle linköpings zlatan ibrahimovic bil bilen volvo saab scania båt båten tåg tåget flyg flygplan
motorcykel moped buss bussen lastbil traktor röd rött blå blått grön grönt gul gult svart vit vitt rosa lila orange
brun grå ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton tjugo hundra tusen miljon hus
huset hem hemma rum kök sovrum trädgård stuga stugan torp sommarstuga lägenhet dörr fönster nyckel nycklar bord stol
lampa säng musik musiken sång gitarr piano abba film bok böcker spel spela minecraft pippi pippilångstrump emil
lönneberga kalle anka kalleanka bamse mumin mumintrollet nalle puh alfons åberg barbapapa astrid lindgren ronja
rövardotter karlsson taket bullerbyn madicken askungen gud jesus kristus ängel kyrka tro hopp fred frihet aldrig
alltid kanske igen nej ja tack varsågod snälla jagälskardig förlåt ursäkta grattis skål heja hejdå puss kram test testa
testar tester prova exempel demo ändra ändrat byt bytt nytt nya tillfällig tillfälligt standard abc abcd abcde abcdef
abcåäö åäö qwerty qwertyå qaz wsx asdf anna maria eva karin sara lena emma kerstin ingrid marie malin jenny hanna linda
annika birgitta susanne elin monika sofia inger johanna carina ulla elisabeth ida helena julia katarina anette
margareta linnea camilla åsa gunilla ann barbro amanda maja moa ebba alice olivia ella wilma klara agnes vera saga
alva stina astrid elsa nora lova tuva freja tilda märta greta siri lovisa josefin therese erik lars karl anders johan
per nils mikael jan peter hans fredrik daniel thomas bengt bo gunnar björn andreas sven magnus mattias stefan ulf
jonas marcus christer martin oskar alexander simon viktor emil filip anton lucas hugo oliver liam elias william noah
axel isak ludvig gustav kalle olle pelle lasse nisse bosse janne micke robban fatima ali ahmed mohamed muhammad hassan
omar yusuf amina andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson
jonsson jansson hansson bengtsson jönsson lindberg jakobsson magnusson olofsson lindström lindqvist lindgren axelsson
berg lundberg bergström lundgren lund mattsson berglund fredriksson sandberg henriksson forsberg sjöberg wallin
engström eklund danielsson håkansson lundin björk gunnarsson holm kung kungen drottning drottningen prins prinsessa
prinsessan carl gustaf silvia victoria estelle kronor pengar bank lotto
"""
SWEDISH_WORDS = WORDS_BY_LIKELIHOOD.split()
YEARS = [str(year) for year in range(2035, 1939, -1)]
