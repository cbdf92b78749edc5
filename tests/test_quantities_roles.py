"""What became of the things counted, and who lost, did, told and where: one sentence a line, all of them made up.

``{killed:19 soldiers}`` is a figure with its status (``none`` where the text says none), ``{actor:…}`` and the like its
role. A role that is not marked has to be empty (of a reporter: the outlet), unless ``~role`` at the end leaves it open.
"""

from __future__ import annotations

import re

import pytest

from kit.articles import read_article
from kit.claims import extract_claims
from kit.pipeline import load_pipeline
from kit.quantities import extract_quantities, find_reports
from kit.records import OUTLET, Quantity, Source, Span
from kit.segments import make_doc
from kit.sources import extract_sources, link_sources

ROLES = ("affected", "actor", "place", "reporter")
_MARK = re.compile(r"\{(\w+):([^}]*)\}")
_OPEN = re.compile(r"(?:\s+~\w+)*\s*$")

SENTENCES = """
{actor:Rebel gunmen} ambushed a convoy near {place:Kessal}, killing {killed:19 soldiers}.
A suicide bombing outside a mosque in {place:Dorvan} has left {killed:12 worshippers} dead. ~actor
The mudslide claimed the lives of {killed:31 miners} in {place:the Tarn valley}. ~actor
The death toll from the floods rose to {killed:84} on Thursday, {reporter:the interior ministry} said. ~actor
An overnight strike on {place:a market in Brezna} wounded {wounded:at least 27 shoppers}. ~actor
{captured:At least 40 passengers} were taken hostage by {actor:separatist fighters} on Monday.
{captured:Sixteen marines} were captured by {actor:the Saltish navy} off {place:Cape Orlen}.
{missing:Nine fishermen} went missing after their trawler sank off {place:the Verran coast}. ~actor
{displaced:More than 12,000 people} were forced from their homes by the fighting. ~actor
The offensive has displaced {displaced:some 300,000 civilians} since March. ~actor
{affected:The 9th Armoured Brigade} lost {unspecified:16 tanks} in a single day.
{actor:Artillery} destroyed {destroyed:three depots} belonging to {affected:the insurgents}, {reporter:the army} said.
{actor:Air defences} shot down {destroyed:14 drones} over {place:the capital} overnight, {reporter:the air force} said.
{actor:Customs officers} seized {captured:22 rifles} at {place:the port of Tolve}.
A breach of the dyke could kill {hypothetical:2,000 people}, {reporter:engineers} warned. ~actor
The bomb would have killed {hypothetical:hundreds of commuters}, {reporter:prosecutors} said. ~actor
{reporter:The defence ministry} denied that {denied:60 soldiers} had been killed in the raid. ~place ~actor
{reporter:The ministry} put the number of wounded at {wounded:146}.
{reporter:Police} counted {none:8,000 marchers}. ~actor
{reporter:Hospital officials} said {wounded:33 children} were being treated for burns.
{killed:Two crew members} were found dead in the wreckage. ~place
{killed:Seven hikers} lost their lives when a gondola plunged into {place:a ravine}. ~place ~actor
{killed:Five pensioners} burned to death in {place:a care home in Ostrel}.
{killed:Eleven boys} drowned in {place:Lake Mirran} on Sunday, {reporter:rescuers} said.
The boat capsized with {none:80 migrants} aboard; {missing:26} are still missing. ~place
{reporter:The coastguard} has recovered {killed:14 bodies}. ~actor ~reporter
A lorry ploughed into a bus queue, injuring {wounded:eight}. ~actor
The quake flattened {destroyed:4,200 homes} in {place:the province of Hesk}. ~actor
{damaged:Dozens of cars} were damaged by hail in {place:Lindmark}. ~actor
Fire gutted {destroyed:two warehouses} at {place:the harbour}. ~actor
{destroyed:Six villages} were burned to the ground by {actor:militiamen}.
{actor:Government forces} have retaken {captured:11 villages} in {place:the north}.
{killed:Four police officers} were gunned down in {place:the suburb of Rask}.
{actor:A man} armed with a knife stabbed {killed:three nurses} to death at {place:a clinic}.
{killed:Three teenagers} were stabbed to death in {place:Marlow Park}.
The blast left {killed:six people} dead and {wounded:54} wounded. ~actor
{wounded:Another 21} were hurt, {wounded:three of them} critically.
{affected:Norvian} losses amounted to {unspecified:45 armoured vehicles}, {reporter:the general staff} said.
{reporter:The general staff} put {affected:the enemy's} losses at {unspecified:600 men}.
{affected:The garrison} suffered {unspecified:nearly 200 casualties}.
{affected:The rebels} have lost {unspecified:a third of their fighters}, {reporter:a Western diplomat} said. ~status
{actor:The insurgents} inflicted {unspecified:more than 100 casualties} on {affected:the expeditionary corps}.
The battle cost {affected:the regiment} {unspecified:70 men}. ~actor
The shelling of {place:Port Essen} by {actor:Norvian gunboats} killed {killed:nine dockers}.
An attack by {actor:the Red Dawn group} on {place:a checkpoint} killed {killed:five conscripts}.
{reporter:The mayor} blamed {actor:loyalist militias} for the killing of {killed:23 farmers}.
The abduction of {captured:50 schoolgirls} by {actor:bandits} shocked the country.
The deaths of {killed:eight prisoners} are being investigated.
{reporter:Amnesty campaigners} documented the execution of {killed:14 detainees}. ~actor
{actor:Security forces} detained {captured:130 demonstrators} in {place:central Velmar}.
{captured:Ninety protesters} were arrested, {reporter:a police spokeswoman} said.
{captured:Twelve suspects} have been taken into custody in {place:Garda}.
{reporter:Organisers} claimed {none:50,000 people} had marched through {place:the old town}.
{reporter:Police} estimated the crowd at {none:9,000}.
{none:About 30,000 people} rallied in {place:Freedom Square}.
{none:Some 400 nurses} walked out at {place:three hospitals}. ~place
{displaced:Thousands} fled their homes as the fire spread. ~place
{displaced:An estimated 70,000 refugees} have crossed into {place:Tamland}. ~status
Authorities evacuated {displaced:2,300 residents} from {place:low-lying districts}. ~place ~actor
{displaced:Eighty families} were left homeless by the landslide. ~actor
The drought has driven {displaced:45,000 herders} from their land. ~actor
{reporter:The UN} says {displaced:3.4 million people} have been uprooted.
No one was hurt, but {damaged:12 windows} were shattered.
None of {none:the 140 passengers} was injured. ~status
{reporter:The airline} denied reports that {denied:nine passengers} had died.
It is not true that {denied:300 workers} were dismissed, {reporter:the company} said. ~actor
{reporter:The army} said it had not lost {denied:any of its 12 helicopters}. ~status ~affected
If the reactor fails, {hypothetical:up to 60,000 people} may have to leave. ~actor
{reporter:The minister} fears that {hypothetical:1,500 soldiers} might be trapped. ~actor
{hypothetical:Up to 400 jobs} will be cut next year, {reporter:the steelmaker} said. ~actor ~status
Had the alarm failed, {hypothetical:all 212 guests} would have perished.
{reporter:Aid workers} warned of {hypothetical:10,000 deaths} unless food arrives.
{reporter:The commander} threatened to shoot {hypothetical:20 hostages}. ~actor
A famine that would threaten {hypothetical:two million people} can be averted, {reporter:the agency} said. ~actor
{actor:The navy} sank {destroyed:four patrol boats} in {place:the strait}.
{destroyed:Two fighter jets} crashed during an exercise near {place:Hollin}. ~status ~actor
{destroyed:Three bridges} collapsed in {place:the Orve basin}. ~actor
{actor:Norvian forces} hit a column at {place:Hatra}, knocking out {destroyed:seven tanks} of {affected:the 3rd Corps}.
{reporter:The ministry} reported the loss of {unspecified:two frigates}. ~actor ~affected
{actor:Saboteurs} blew up {destroyed:a dozen pylons} near {place:Ulm Creek}.
{destroyed:Five Norvian helicopters} were downed by {actor:Saltish gunners}. ~affected
A drone attack damaged {damaged:two tankers} in {place:the port of Nessa}. ~actor
{actor:Vandals} smashed {damaged:16 shop windows} in {place:Castle Street}. ~status
{reporter:Officials} in {place:Hesk} reported {none:212 cases} of measles.
{killed:Fifty-six people} have died of cholera in {place:Lower Tamland} since May.
The outbreak has killed {killed:17} and infected {none:340} in {place:the camp}. ~actor ~status
{reporter:The health ministry} confirmed {killed:three deaths} from the virus.
{killed:Nearly 900 patients} succumbed to the disease.
The disease has sickened {none:more than 60 pupils}. ~status ~actor
{none:Thirteen patients} remain in hospital. ~status ~place
{wounded:Nineteen firefighters} needed treatment for smoke inhalation. ~actor
{wounded:Fourteen passengers} were taken to hospital with broken bones.
A train derailed outside {place:Pell}, leaving {wounded:dozens} injured. ~actor
{killed:One woman and two children} were among the dead. ~found
Among the dead were {killed:four Saltish engineers}. ~affected
{killed:Ten of the victims} were from {place:Kessal}. ~place ~status
Rescuers pulled {none:six survivors} from the rubble. ~place ~actor ~status ~reporter
{reporter:A spokesman for the governor}, Ilen Marsk, said {missing:11 climbers} were unaccounted for.
{missing:Three airmen} have not been heard from since Friday.
{missing:As many as 200 villagers} are feared buried under the mud. ~status ~place
{killed:At least 70 people} are feared dead. ~status
{killed:Some 40 passengers} are presumed dead after the ferry sank.
{reporter:The bank} will shed {hypothetical:1,200 posts}. ~status ~actor ~reporter
The factory has laid off {none:350 workers}. ~actor ~status
{actor:The central bank} sold {none:$2bn} of reserves. ~actor
{actor:Thieves} made off with {none:€400,000} in {place:Orsk}. ~status
{actor:Parliament} approved {none:$45 million} in aid. ~actor ~reporter
{none:Eight countries} will send {none:5,000 troops} to {place:the island}. ~place ~status ~actor
{actor:Norvia} has deployed {none:20,000 troops} along {place:the border}. ~actor
Losses at the insurer reached {none:€30m}. ~affected ~measure
In {place:Dorvan}, {killed:four people} were killed when shells hit a bakery. ~actor
Shells fired by {actor:the rebels} hit a bakery, killing {killed:four}.
{reporter:Norvian officials} said {actor:Saltish troops} had shot {killed:two shepherds} dead near {place:the frontier}.
{killed:Thirty-one hostages}, including {killed:six children}, were murdered by {actor:their captors}.
The fighting has claimed {killed:3,000 lives} since 2019. ~actor
{reporter:Monitors} said {actor:fighters loyal to General Aro} had killed {killed:44 villagers}.
{reporter:A survivor} told reporters that {actor:soldiers} opened fire on a crowd and killed {killed:15}.
The crash, in which {killed:seven people} died, happened near {place:Olm}.
{killed:Seven people} died and {wounded:20} were injured in a crash near {place:Olm}.
{affected:Tamland} admitted losing {unspecified:eight aircraft} over {place:the desert}. ~reporter
{actor:Police} freed {none:38 captives} held in {place:a farmhouse}. ~status ~place
{wounded:Two bystanders} sustained gunshot wounds.
The flood swept away {destroyed:150 cattle}. ~status ~actor
The rocket fell on {place:a school}, but {none:its 90 pupils} escaped unhurt. ~status ~place
{killed:Nine soldiers} perished when their lorry hit a mine outside {place:Karst}. ~actor
{killed:At least 13 fans} were trampled to death at {place:the Olm stadium}.
{killed:Two brothers} were lynched by {actor:a mob} in {place:Vessel}.
{actor:Snipers} picked off {killed:six sentries}. ~status
{killed:Four divers} paid with their lives.
The avalanche buried {killed:seven skiers} alive. ~actor ~status
{actor:The junta} has executed {killed:32 dissidents} since April, {reporter:lawyers} said.
{wounded:Eleven cyclists} broke bones in the pile-up. ~actor
{wounded:Thirty guests} were treated for smoke poisoning.
{wounded:Twenty-two workers} were rushed to hospital after a gas leak at {place:a chemical plant}. ~place
{wounded:Six constables} required hospital treatment.
The grenade maimed {wounded:three children}. ~actor
Medics treated {wounded:45 people} for cuts and bruises.
{captured:Eighteen fighters} surrendered to {actor:government troops}. ~actor
{captured:Five aid workers} are being held by {actor:the rebels}.
{captured:Three smugglers} are in custody, {reporter:a police spokesman} said.
{captured:Two trawlers} fell into the hands of {actor:pirates}. ~actor
{actor:Border police} have rounded up {captured:nearly 500 migrants} in {place:the border region}.
{actor:The rebels} took {captured:90 prisoners} at {place:Fort Allen}.
{actor:Gunmen} dragged {captured:four tourists} from a bus. ~status
{actor:Troops} overran {captured:three outposts} near {place:Hatra}. ~status
The bombardment reduced {destroyed:40 blocks of flats} to rubble. ~actor
{destroyed:Nine churches} lie in ruins.
{actor:Rioters} set fire to {destroyed:two police stations}. ~status
{actor:Rioters} set {destroyed:17 cars} ablaze in {place:Rask}. ~status
{destroyed:Some 200 stalls} went up in flames at {place:the night market}.
The fire consumed {destroyed:1,100 homes}. ~actor
{damaged:Sixty houses} were badly damaged in {place:the village of Orle}.
A hailstorm dented {damaged:300 cars}. ~actor
The blast blew out {damaged:the windows of 25 flats}. ~actor ~status ~affected
{damaged:Two ferries} collided off {place:Brede}. ~status ~actor
The strike put {damaged:three power stations} out of action. ~actor ~status
{missing:Six hikers} have not been seen since Sunday.
There is no trace of {missing:the 14 crew}. ~found
{missing:Two children} are still unaccounted for after the fire at {place:a campsite}. ~place
{reporter:The police} are searching for {missing:five boys}. ~reporter ~status ~actor
{missing:Eleven sailors} vanished in {place:the Gulf of Orle}.
{displaced:More than 6,000 villagers} had to leave their homes.
{displaced:About 900 people} were moved to safety. ~status
{displaced:Some 2,000 residents} are sheltering in schools. ~place
{displaced:Half a million people} have sought refuge in {place:Tamland}.
{actor:Militiamen} drove {displaced:400 families} out of {place:the Hesk valley}. ~place
The war has turned {displaced:two million people} into refugees. ~actor ~status
{displaced:Seven hundred families} lost their homes in the quake. ~affected
{displaced:Forty tenants} were evicted.
{affected:The corps} is said to have lost {unspecified:90 men}.
{affected:Estmark} has suffered losses of {unspecified:about 3,000 soldiers}, {reporter:analysts} estimate.
{reporter:Analysts} put {affected:Estmark's} casualties at {unspecified:12,000}.
{affected:Our side} lost {unspecified:two tanks}, {reporter:Colonel Brandt} said.
{affected:The squadron} had {destroyed:four jets} shot down. ~actor
{affected:The militia} saw {destroyed:30 of its vehicles} destroyed. ~actor
Drones struck {affected:the Saltish fleet}, sinking {destroyed:two corvettes}. ~affected ~actor
{actor:Gunners} hit {destroyed:five howitzers} of {affected:the 11th Regiment}. ~status ~affected
{actor:Robbers} stripped {affected:the museum} of {none:14 paintings}. ~status
{actor:A clerk} defrauded {affected:the bank} of {none:$3m}. ~status
{actor:Norvia} sold {none:12 frigates} to Saltland. ~status
{actor:The council} will build {hypothetical:600 flats} in {place:the east of the city}. ~status ~actor
{actor:Doctors} vaccinated {none:4,000 children} in {place:the camp}.
{actor:The president} pardoned {none:36 prisoners}.
{actor:Smugglers} abandoned {none:60 migrants} in {place:the desert}. ~status
{actor:Lorry drivers} blocked {none:three motorways}. ~status
{actor:The ministry} closed {none:11 schools} in {place:Hesk}.
{none:Eleven schools} were closed by {actor:the ministry}.
{none:Two bills} were vetoed by {actor:the king}.
Contrary to reports that {denied:30 ships} had been sunk, the fleet is intact. ~actor
There is no evidence that {denied:90 prisoners} were shot, {reporter:the envoy} said.
There is no truth in claims that {denied:five jets} were lost.
{reporter:The minister} called reports of {denied:400 deaths} nonsense.
{reporter:The club} never sold {denied:9,000 tickets}. ~actor ~reporter
{reporter:The commander} insists his men did not kill {denied:the 12 villagers}. ~actor
{reporter:The bank} disputed that it had lost {denied:$40m}. ~affected
There is a risk that {hypothetical:700 people} will be stranded. ~status
The dam's collapse would leave {hypothetical:9,000 families} homeless. ~actor
The plan could lead to the loss of {hypothetical:300 jobs}. ~actor ~affected ~status
{reporter:Experts} fear a death toll of {hypothetical:20,000}. ~actor
{reporter:Engineers} say the bridge may collapse, killing {hypothetical:dozens}. ~actor
{actor:The militia} planned to kidnap {hypothetical:40 officials}, {reporter:a judge} said. ~actor
The missile could have hit a school and killed {hypothetical:200 pupils}. ~actor ~place
In the worst case, {hypothetical:15,000 cattle} would have to be culled.
{actor:The gunmen} tried to kill {hypothetical:four judges}. ~actor
{place:The Orle fire} killed {killed:12}. ~actor ~place
Clashes in {place:the border town of Hatra} left {killed:eight} dead. ~actor
{killed:Eight people} were killed in clashes in {place:the border town of Hatra}. ~actor
At {place:a market in Karst}, a lorry bomb killed {killed:60}. ~actor
Flooding in {place:the Hesk basin} has killed {killed:240 cows}. ~actor
Shells rained on {place:Port Essen}, killing {killed:nine}. ~actor
The strike on {place:Karst} killed {killed:five}. ~actor
Norvian planes bombed {place:Karst}, killing {killed:five}. ~actor
{killed:Three women} died on {place:the slopes of Witness Mountain}.
{none:Two hundred people} live on {place:the island}.
{none:Ninety guests} were on board.
{none:12,000 people} work at {place:the shipyard}.
{reporter:The mayor, who visited the site,} said {killed:six} had died.
Witnesses saw {killed:ten bodies} in {place:the street}. ~reporter ~actor
{killed:Twenty corpses} were found in {place:a well}.
{reporter:The army} claims to have killed {killed:80 rebels}. ~actor
{reporter:The army} says it destroyed {destroyed:12 boats}. ~actor
{reporter:The navy} claimed responsibility for sinking {destroyed:two tankers}. ~actor ~reporter
{actor:A sniper} picked off {killed:four guards}. ~status
{killed:Eighty turkeys} were culled by {actor:vets}.
{actor:The frigate Halvor} torpedoed {destroyed:two freighters} off {place:Cape Orlen}.
{destroyed:Nine jets} were knocked out on the ground by {actor:commandos}.
{actor:Sappers} have cleared {none:3,000 mines} from {place:the valley}. ~place ~status
{actor:Partisans} derailed {damaged:two trains} near {place:Rask}. ~status
{captured:Three ministers} are under arrest.
{captured:Seventeen boats} were impounded by {actor:the harbour police}.
{actor:Customs} confiscated {captured:2,400 bottles} of spirits. ~actor
{captured:Forty rebels} laid down their arms. ~status
{captured:A dozen deserters} gave themselves up to {actor:the police}. ~actor
{wounded:Five jockeys} suffered concussion at {place:the Garda racecourse}.
{wounded:Seven stewards} were kicked and punched by {actor:fans}. ~status
{wounded:Twenty hens} were mauled by {actor:a fox}. ~actor
{wounded:Two bus drivers} needed stitches.
{wounded:At least 15 spectators} came away with cuts. ~status
{actor:Police} fired tear gas, injuring {wounded:ten students}.
{missing:Four trekkers} failed to return from {place:the Orve glacier}. ~status ~place
{missing:The whereabouts of six nurses} are unknown. ~status
{reporter:Relatives} said {missing:nine people} had not come home. ~status
{missing:Some 120 people} are listed as missing.
{displaced:Thirty thousand villagers} took to the roads. ~status
The eruption forced {displaced:2,500 islanders} to flee. ~actor
The eruption forced the evacuation of {displaced:2,500 islanders}. ~actor
{displaced:Some 800 pupils} had to be evacuated.
{displaced:Over 50,000 people} are living in tents. ~status ~place
{damaged:Four carriages} came off the rails. ~status ~place
{damaged:Eleven houses} lost their roofs. ~status ~affected
Fire damaged {damaged:six stables} at {place:the Hollin stud}. ~actor
Frost ruined {destroyed:200 hectares of vines}. ~actor ~status ~found
The tornado left {destroyed:90 barns} in ruins. ~actor
{destroyed:Seven kiosks} burned out during the riot.
The mill fire destroyed {destroyed:11 looms}. ~actor
{affected:The battalion} is missing {missing:40 men}. ~status ~affected ~actor
{affected:The insurgents'} losses include {unspecified:three commanders}.
Among {affected:the peacekeepers} there were {unspecified:nine casualties}. ~affected
{reporter:The consul} spoke of {unspecified:12 casualties}.
{affected:Tamland} mourned {unspecified:33 casualties}. ~actor ~status ~affected
Snow cost {affected:the airline} {none:$14m}. ~status ~actor ~affected
{affected:The fleet} is down {unspecified:two destroyers}. ~status ~affected
{affected:The club} lost {none:300 members} last year. ~status
{actor:A court} jailed {captured:eight officers}.
{actor:Farmers} dumped {none:40 tonnes} of potatoes on {place:the motorway}.
{actor:Volunteers} planted {none:6,000 trees} on {place:the slopes above Pell}. ~place
{actor:Nomads} drove {none:900 camels} across {place:the border}. ~status
{actor:Vantor Works} laid off {none:240 fitters}. ~status
{none:240 fitters} were laid off by {actor:Vantor Works}. ~status
{actor:The bishop} ordained {none:seven priests}.
{actor:Estmark} expelled {displaced:12 diplomats}. ~status
{reporter:The treasury} has denied losing {denied:$90m}. ~affected
{reporter:Both sides} deny that {denied:80 prisoners} were swapped. ~actor
Nobody was hurt and none of {none:the 30 flats} was damaged. ~status
{reporter:The consul} said it was untrue that {denied:11 tourists} had drowned.
Far from losing {denied:20 tanks}, the army lost none. ~status ~affected
Reports of {denied:150 arrests} proved false.
{reporter:The admiral} scoffed at claims that {denied:three submarines} were sunk. ~status ~reporter
{hypothetical:Six bridges} would have to be blown up. ~place
Unless the price rises, {hypothetical:900 farms} will close. ~status
{reporter:The union} fears {hypothetical:3,000 layoffs}. ~actor ~status ~reporter
{reporter:A hydrologist} predicted that {hypothetical:40 villages} might be flooded.
A stampede almost killed {hypothetical:30 children}. ~actor ~status
{none:Some 12,000 spectators} watched the race in {place:Olm}. ~actor
The epidemic has infected {none:5,200 people} in {place:Lower Tamland}. ~actor
{none:Sixty cases} were reported in {place:the province of Hesk}.
{none:Eleven burglaries} were reported in {place:Rask} in a week.
{reporter:Scientists} recorded {none:19 tremors} beneath {place:the volcano}. ~place
{reporter:Inspectors} found {none:32 leaks}. ~reporter ~actor ~place
{reporter:The charity} puts the number of homeless at {displaced:9,000}.
{reporter:Doctors} admit to {killed:five deaths}.
{reporter:Police} spoke of {killed:two dead} and {wounded:30 injured}.
{reporter:The institute} estimates unemployment at {none:14 per cent}.
{reporter:The union} claims {none:60,000 members}. ~reporter ~actor
{reporter:The guerrillas} claimed {killed:26 kills}. ~status ~actor ~reporter
{reporter:The governor} gave the figure as {none:70}. ~found ~reporter
{actor:A sculptor} donated {none:12 busts} to the town. ~place
{actor:The clinic} turned away {none:30 patients}. ~status
{actor:The grocer} threw out {none:80 crates} of fruit.
{actor:Calder Rail}'s purchase of {none:26 locomotives} was delayed.
The sale of {none:12 ferries} by {actor:the islands' council} raised eyebrows.
{actor:The heiress} left {none:40 paintings} to a nephew.
{actor:Norvia}, which sent {none:500 tents}, asked for nothing.
The bill cuts {none:1,400 posts}. ~status
{actor:Loggers} felled {destroyed:5,000 oaks} in {place:the Hesk forest}. ~status
{killed:Nine people} were run over by {actor:a drunk driver} in {place:Pell}. ~status
{killed:Three hostages} were executed by their captors. ~actor
{actor:Rangers} shot {killed:two bears}.
Gales uprooted {damaged:600 trees} in {place:the park}. ~actor ~status
Heavy rain flooded {damaged:40 cellars}. ~actor
{captured:Two journalists} have been held by {actor:the junta} since May.
{affected:The rebels'} main camp fell and {captured:70 fighters} were captured. ~affected ~place
{actor:Insurgents} blew up {destroyed:a dozen trucks} belonging to {affected:the mining company}.
{actor:The kidnappers} released {none:four hostages}. ~status
{none:Four hostages} were freed by {actor:commandos}. ~status
{wounded:Five soldiers} were hit by {actor:snipers}. ~status
A mine wounded {wounded:three sappers} on {place:the Garda road}. ~actor
A scaffold fell on {wounded:six pedestrians}. ~status ~actor
The school has {none:600 pupils}.
The bridge spans {none:30 metres}.
The book sold {none:90,000 copies}. ~actor
The road crosses {none:12 streams}.
The law affects {none:400 firms}.
The vase fetched {none:$40,000}.
The village lies {none:12 kilometres} from {place:the border}. ~place
The tower contains {none:300 steps}.
The ship carries {none:90 lifeboats}.
The recipe needs {none:six eggs}.
Prices rose {none:3 per cent}.
Sales reached {none:$40m}.
The storm brought {none:40 millimetres} of rain. ~actor
The festival drew {none:9,000 visitors}. ~actor
The report lists {none:40 schools}. ~reporter
{actor:The tribunal} sentenced {none:14 generals} to death. ~status
"""

# What is read wrong, and why: mostly a parse that cuts the sentence otherwise, or a source that the claims do not name.
KNOWN = """
According to {reporter:the Observatory}, {killed:17 militiamen} were killed.
The storm tore the roofs off {damaged:90 houses}. ~actor
{reporter:The governor} dismissed as false claims that {denied:25 tanks} had been destroyed.
{reporter:The rebels} rejected the claim that they had executed {denied:18 captives}. ~actor
{affected:The enemy} left behind {captured:30 trucks}, {reporter:the brigade} said. ~status ~actor
The raid cost {affected:Norvia} {unspecified:six bombers}. ~actor
{actor:The carmaker} recalled {none:90,000 vans}.
{actor:Kidnappers} are holding {captured:three engineers}.
{missing:Seven crew} were reported missing off {place:Brede}.
{reporter:Officials} have ruled out {denied:200 redundancies}. ~reporter ~actor
Ministers plan to resettle {hypothetical:5,000 people}. ~actor
{actor:The town} agreed to buy {none:six buses}. ~status
{actor:The regiment} marched north and razed {destroyed:four hamlets}.
{actor:A hacker group called Nine} wiped {none:300 servers}. ~status
{actor:Vets} put down {killed:11 horses}. ~status
"""


def rows(table: str) -> list[str]:
    return [line for line in table.strip().splitlines() if line and not line.startswith("#")]


def read_row(line: str) -> tuple[str, list[tuple[str, Span]], dict[str, Span], set[str]]:
    """Plain text, figures with their status, roles, and what is left open."""
    tail = _OPEN.search(line)
    text, figures, roles, done = "", [], {}, 0
    for mark in _MARK.finditer(line, 0, tail.start()):
        text += line[done : mark.start()]
        span = Span(len(text), len(text) + len(mark[2]), mark[2])
        text, done = text + mark[2], mark.end()
        if mark[1] in ROLES:
            roles[mark[1]] = span
        else:
            figures.append((mark[1], span))
    return text + line[done : tail.start()], figures, roles, {word[1:] for word in tail.group().split()}


def read_text(text: str) -> tuple[list[Quantity], list[Source]]:
    doc = make_doc(load_pipeline(), read_article(text))
    claims = extract_claims(doc)
    reports = find_reports(doc, claims)
    sources = extract_sources(doc, [*claims, *reports])
    claims, reports = link_sources(claims, sources), link_sources(reports, sources)
    return extract_quantities(doc, claims, reports=reports), sources


def is_same(wanted: Span | None, found: Span | None) -> bool:
    """Whether two phrases overlap and share half of their words."""
    if wanted is None or found is None:
        return wanted is found
    mine, theirs = ({*re.findall(r"\w+", span.text.lower())} - {"the", "a", "an"} for span in (wanted, found))
    overlap = wanted.start_char < found.end_char and found.start_char < wanted.end_char
    return overlap and 4 * len(mine & theirs) >= len(mine) + len(theirs)


def wrong_in(line: str) -> list[str]:
    """What is read otherwise than marked."""
    text, figures, roles, left_open = read_row(line)
    quantities, sources = read_text(text)
    wrong = []
    for status, span in figures:
        read = next((q for q in quantities if q.start_char < span.end_char and span.start_char < q.end_char), None)
        if read is None:
            wrong += [] if "found" in left_open else [f"{span.text}: no figure"]
            continue
        if "status" not in left_open and (read.status or "none") != status:
            wrong.append(f"{span.text}: {read.status}, not {status}")
        for role in {*ROLES[:3]} - left_open:
            if not is_same(roles.get(role), getattr(read, role)):
                wrong.append(f"{span.text}: {role} is {getattr(read, role)}, not {roles.get(role)}")
        if "reporter" not in left_open:
            told = next((source.mentions for source in sources if source.id == read.reporter), ())
            right = any(is_same(roles.get("reporter"), mention) for mention in told)
            if not (right if "reporter" in roles else read.reporter == OUTLET):
                wrong.append(f"{span.text}: reporter is {[m.text for m in told]}, not {roles.get('reporter')}")
    return wrong


@pytest.mark.parametrize("line", rows(SENTENCES))
def test_statuses_and_roles_of_a_sentence_are_read_as_marked(line):
    assert wrong_in(line) == []


@pytest.mark.parametrize("line", rows(KNOWN))
@pytest.mark.xfail(strict=True, reason="not read right yet")
def test_what_is_not_read_right_yet(line):
    assert wrong_in(line) == []
