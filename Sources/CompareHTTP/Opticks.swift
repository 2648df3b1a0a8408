/// The beginning of "Opticks" by Isaac Newton, fourth edition, London 1730: real English prose.
///
/// In the public domain. Source: Project Gutenberg, eBook 33504, as it comes with the tests of Go's
/// standard library (`src/testdata/Isaac.Newton-Opticks.txt`); pictures left out, ligatures spelt
/// as two letters, so that each character is a byte.
let opticks: StaticString = #"""
    My Design in this Book is not to explain the Properties of Light by
    Hypotheses, but to propose and prove them by Reason and Experiments: In
    order to which I shall premise the following Definitions and Axioms.

    _DEFINITIONS_

    DEFIN. I.

    _By the Rays of Light I understand its least Parts, and those as well
    Successive in the same Lines, as Contemporary in several Lines._ For it
    is manifest that Light consists of Parts, both Successive and
    Contemporary; because in the same place you may stop that which comes
    one moment, and let pass that which comes presently after; and in the
    same time you may stop it in any one place, and let it pass in any
    other. For that part of Light which is stopp'd cannot be the same with
    that which is let pass. The least Light or part of Light, which may be
    stopp'd alone without the rest of the Light, or propagated alone, or do
    or suffer any thing alone, which the rest of the Light doth not or
    suffers not, I call a Ray of Light.

    DEFIN. II.

    _Refrangibility of the Rays of Light, is their Disposition to be
    refracted or turned out of their Way in passing out of one transparent
    Body or Medium into another. And a greater or less Refrangibility of
    Rays, is their Disposition to be turned more or less out of their Way in
    like Incidences on the same Medium._ Mathematicians usually consider the
    Rays of Light to be Lines reaching from the luminous Body to the Body
    illuminated, and the refraction of those Rays to be the bending or
    breaking of those lines in their passing out of one Medium into another.
    And thus may Rays and Refractions be considered, if Light be propagated
    in an instant. But by an Argument taken from the Aequations of the times
    of the Eclipses of _Jupiter's Satellites_, it seems that Light is
    propagated in time, spending in its passage from the Sun to us about
    seven Minutes of time: And therefore I have chosen to define Rays and
    Refractions in such general terms as may agree to Light in both cases.

    DEFIN. III.

    _Reflexibility of Rays, is their Disposition to be reflected or turned
    back into the same Medium from any other Medium upon whose Surface they
    fall. And Rays are more or less reflexible, which are turned back more
    or less easily._ As if Light pass out of a Glass into Air, and by being
    inclined more and more to the common Surface of the Glass and Air,
    begins at length to be totally reflected by that Surface; those sorts of
    Rays which at like Incidences are reflected most copiously, or by
    inclining the Rays begin soonest to be totally reflected, are most
    reflexible.

    DEFIN. IV.

    _The Angle of Incidence is that Angle, which the Line described by the
    incident Ray contains with the Perpendicular to the reflecting or
    refracting Surface at the Point of Incidence._

    DEFIN. V.

    _The Angle of Reflexion or Refraction, is the Angle which the line
    described by the reflected or refracted Ray containeth with the
    Perpendicular to the reflecting or refracting Surface at the Point of
    Incidence._

    DEFIN. VI.

    _The Sines of Incidence, Reflexion, and Refraction, are the Sines of the
    Angles of Incidence, Reflexion, and Refraction._

    DEFIN. VII

    _The Light whose Rays are all alike Refrangible, I call Simple,
    Homogeneal and Similar; and that whose Rays are some more Refrangible
    than others, I call Compound, Heterogeneal and Dissimilar._ The former
    Light I call Homogeneal, not because I would affirm it so in all
    respects, but because the Rays which agree in Refrangibility, agree at
    least in all those their other Properties which I consider in the
    following Discourse.

    DEFIN. VIII.

    _The Colours of Homogeneal Lights, I call Primary, Homogeneal and
    Simple; and those of Heterogeneal Lights, Heterogeneal and Compound._
    For these are always compounded of the colours of Homogeneal Lights; as
    will appear in the following Discourse.

    _AXIOMS._

    AX. I.

    _The Angles of Reflexion and Refraction, lie in one and the same Plane
    with the Angle of Incidence._

    AX. II.

    _The Angle of Reflexion is equal to the Angle of Incidence._

    AX. III.

    _If the refracted Ray be returned directly back to the Point of
    Incidence, it shall be refracted into the Line before described by the
    incident Ray._

    AX. IV.

    _Refraction out of the rarer Medium into the denser, is made towards the
    Perpendicular; that is, so that the Angle of Refraction be less than the
    Angle of Incidence._

    AX. V.

    _The Sine of Incidence is either accurately or very nearly in a given
    Ratio to the Sine of Refraction._

    Whence if that Proportion be known in any one Inclination of the
    incident Ray, 'tis known in all the Inclinations, and thereby the
    Refraction in all cases of Incidence on the same refracting Body may be
    determined. Thus if the Refraction be made out of Air into Water, the
    Sine of Incidence of the red Light is to the Sine of its Refraction as 4
    to 3. If out of Air into Glass, the Sines are as 17 to 11. In Light of
    other Colours the Sines have other Proportions: but the difference is so
    little that it need seldom be considered.

    Suppose therefore, that RS [in _Fig._ 1.] represents the Surface of
    stagnating Water, and that C is the point of Incidence in which any Ray
    coming in the Air from A in the Line AC is reflected or refracted, and I
    would know whither this Ray shall go after Reflexion or Refraction: I
    erect upon the Surface of the Water from the point of Incidence the
    Perpendicular CP and produce it downwards to Q, and conclude by the
    first Axiom, that the Ray after Reflexion and Refraction, shall be
    found somewhere in the Plane of the Angle of Incidence ACP produced. I
    let fall therefore upon the Perpendicular CP the Sine of Incidence AD;
    and if the reflected Ray be desired, I produce AD to B so that DB be
    equal to AD, and draw CB. For this Line CB shall be the reflected Ray;
    the Angle of Reflexion BCP and its Sine BD being equal to the Angle and
    Sine of Incidence, as they ought to be by the second Axiom, But if the
    refracted Ray be desired, I produce AD to H, so that DH may be to AD as
    the Sine of Refraction to the Sine of Incidence, that is, (if the Light
    be red) as 3 to 4; and about the Center C and in the Plane ACP with the
    Radius CA describing a Circle ABE, I draw a parallel to the
    Perpendicular CPQ, the Line HE cutting the Circumference in E, and
    joining CE, this Line CE shall be the Line of the refracted Ray. For if
    EF be let fall perpendicularly on the Line PQ, this Line EF shall be the
    Sine of Refraction of the Ray CE, the Angle of Refraction being ECQ; and
    this Sine EF is equal to DH, and consequently in Proportion to the Sine
    of Incidence AD as 3 to 4.

    In like manner, if there be a Prism of Glass (that is, a Glass bounded
    with two Equal and Parallel Triangular ends, and three plain and well
    polished Sides, which meet in three Parallel Lines running from the
    three Angles of one end to the three Angles of the other end) and if the
    Refraction of the Light in passing cross this Prism be desired: Let ACB
    [in _Fig._ 2.] represent a Plane cutting this Prism transversly to its
    three Parallel lines or edges there where the Light passeth through it,
    and let DE be the Ray incident upon the first side of the Prism AC where
    the Light goes into the Glass; and by putting the Proportion of the Sine
    of Incidence to the Sine of Refraction as 17 to 11 find EF the first
    refracted Ray. Then taking this Ray for the Incident Ray upon the second
    side of the Glass BC where the Light goes out, find the next refracted
    Ray FG by putting the Proportion of the Sine of Incidence to the Sine of
    Refraction as 11 to 17. For if the Sine of Incidence out of Air into
    Glass be to the Sine of Refraction as 17 to 11, the Sine of Incidence
    out of Glass into Air must on the contrary be to the Sine of Refraction
    as 11 to 17, by the third Axiom.

    Much after the same manner, if ACBD [in _Fig._ 3.] represent a Glass
    spherically convex on both sides (usually called a _Lens_, such as is a
    Burning-glass, or Spectacle-glass, or an Object-glass of a Telescope)
    and it be required to know how Light falling upon it from any lucid
    point Q shall be refracted, let QM represent a Ray falling upon any
    point M of its first spherical Surface ACB, and by erecting a
    Perpendicular to the Glass at the point M, find the first refracted Ray
    MN by the Proportion of the Sines 17 to 11. Let that Ray in going out of
    the Glass be incident upon N, and then find the second refracted Ray
    N_q_ by the Proportion of the Sines 11 to 17. And after the same manner
    may the Refraction be found when the Lens is convex on one side and
    plane or concave on the other, or concave on both sides.

    AX. VI.

    _Homogeneal Rays which flow from several Points of any Object, and fall
    perpendicularly or almost perpendicularly on any reflecting or
    refracting Plane or spherical Surface, shall afterwards diverge from so
    many other Points, or be parallel to so many other Lines, or converge to
    so many other Points, either accurately or without any sensible Error.
    And the same thing will happen, if the Rays be reflected or refracted
    successively by two or three or more Plane or Spherical Surfaces._

    The Point from which Rays diverge or to which they converge may be
    called their _Focus_. And the Focus of the incident Rays being given,
    that of the reflected or refracted ones may be found by finding the
    Refraction of any two Rays, as above; or more readily thus.

    _Cas._ 1. Let ACB [in _Fig._ 4.] be a reflecting or refracting Plane,
    and Q the Focus of the incident Rays, and Q_q_C a Perpendicular to that
    Plane. And if this Perpendicular be produced to _q_, so that _q_C be
    equal to QC, the Point _q_ shall be the Focus of the reflected Rays: Or
    if _q_C be taken on the same side of the Plane with QC, and in
    proportion to QC as the Sine of Incidence to the Sine of Refraction, the
    Point _q_ shall be the Focus of the refracted Rays.

    _Cas._ 2. Let ACB [in _Fig._ 5.] be the reflecting Surface of any Sphere
    whose Centre is E. Bisect any Radius thereof, (suppose EC) in T, and if
    in that Radius on the same side the Point T you take the Points Q and
    _q_, so that TQ, TE, and T_q_, be continual Proportionals, and the Point
    Q be the Focus of the incident Rays, the Point _q_ shall be the Focus of
    the reflected ones.

    _Cas._ 3. Let ACB [in _Fig._ 6.] be the refracting Surface of any Sphere
    whose Centre is E. In any Radius thereof EC produced both ways take ET
    and C_t_ equal to one another and severally in such Proportion to that
    Radius as the lesser of the Sines of Incidence and Refraction hath to
    the difference of those Sines. And then if in the same Line you find any
    two Points Q and _q_, so that TQ be to ET as E_t_ to _tq_, taking _tq_
    the contrary way from _t_ which TQ lieth from T, and if the Point Q be
    the Focus of any incident Rays, the Point _q_ shall be the Focus of the
    refracted ones.

    And by the same means the Focus of the Rays after two or more Reflexions
    or Refractions may be found.

    _Cas._ 4. Let ACBD [in _Fig._ 7.] be any refracting Lens, spherically
    Convex or Concave or Plane on either side, and let CD be its Axis (that
    is, the Line which cuts both its Surfaces perpendicularly, and passes
    through the Centres of the Spheres,) and in this Axis produced let F and
    _f_ be the Foci of the refracted Rays found as above, when the incident
    Rays on both sides the Lens are parallel to the same Axis; and upon the
    Diameter F_f_ bisected in E, describe a Circle. Suppose now that any
    Point Q be the Focus of any incident Rays. Draw QE cutting the said
    Circle in T and _t_, and therein take _tq_ in such proportion to _t_E as
    _t_E or TE hath to TQ. Let _tq_ lie the contrary way from _t_ which TQ
    doth from T, and _q_ shall be the Focus of the refracted Rays without
    any sensible Error, provided the Point Q be not so remote from the Axis,
    nor the Lens so broad as to make any of the Rays fall too obliquely on
    the refracting Surfaces.[A]

    And by the like Operations may the reflecting or refracting Surfaces be
    found when the two Foci are given, and thereby a Lens be formed, which
    shall make the Rays flow towards or from what Place you please.[B]

    So then the Meaning of this Axiom is, that if Rays fall upon any Plane
    or Spherical Surface or Lens, and before their Incidence flow from or
    towards any Point Q, they shall after Reflexion or Refraction flow from
    or towards the Point _q_ found by the foregoing Rules. And if the
    incident Rays flow from or towards several points Q, the reflected or
    refracted Rays shall flow from or towards so many other Points _q_
    found by the same Rules. Whether the reflected and refracted Rays flow
    from or towards the Point _q_ is easily known by the situation of that
    Point. For if that Point be on the same side of the reflecting or
    refracting Surface or Lens with the Point Q, and the incident Rays flow
    from the Point Q, the reflected flow towards the Point _q_ and the
    refracted from it; and if the incident Rays flow towards Q, the
    reflected flow from _q_, and the refracted towards it. And the contrary
    happens when _q_ is on the other side of the Surface.

    AX. VII.

    _Wherever the Rays which come from all the Points of any Object meet
    again in so many Points after they have been made to converge by
    Reflection or Refraction, there they will make a Picture of the Object
    upon any white Body on which they fall._

    So if PR [in _Fig._ 3.] represent any Object without Doors, and AB be a
    Lens placed at a hole in the Window-shut of a dark Chamber, whereby the
    Rays that come from any Point Q of that Object are made to converge and
    meet again in the Point _q_; and if a Sheet of white Paper be held at
    _q_ for the Light there to fall upon it, the Picture of that Object PR
    will appear upon the Paper in its proper shape and Colours. For as the
    Light which comes from the Point Q goes to the Point _q_, so the Light
    which comes from other Points P and R of the Object, will go to so many
    other correspondent Points _p_ and _r_ (as is manifest by the sixth
    Axiom;) so that every Point of the Object shall illuminate a
    correspondent Point of the Picture, and thereby make a Picture like the
    Object in Shape and Colour, this only excepted, that the Picture shall
    be inverted. And this is the Reason of that vulgar Experiment of casting
    the Species of Objects from abroad upon a Wall or Sheet of white Paper
    in a dark Room.

    In like manner, when a Man views any Object PQR, [in _Fig._ 8.] the
    Light which comes from the several Points of the Object is so refracted
    by the transparent skins and humours of the Eye, (that is, by the
    outward coat EFG, called the _Tunica Cornea_, and by the crystalline
    humour AB which is beyond the Pupil _mk_) as to converge and meet again
    in so many Points in the bottom of the Eye, and there to paint the
    Picture of the Object upon that skin (called the _Tunica Retina_) with
    which the bottom of the Eye is covered. For Anatomists, when they have
    taken off from the bottom of the Eye that outward and most thick Coat
    called the _Dura Mater_, can then see through the thinner Coats, the
    Pictures of Objects lively painted thereon. And these Pictures,
    propagated by Motion along the Fibres of the Optick Nerves into the
    Brain, are the cause of Vision. For accordingly as these Pictures are
    perfect or imperfect, the Object is seen perfectly or imperfectly. If
    the Eye be tinged with any colour (as in the Disease of the _Jaundice_)
    so as to tinge the Pictures in the bottom of the Eye with that Colour,
    then all Objects appear tinged with the same Colour. If the Humours of
    the Eye by old Age decay, so as by shrinking to make the _Cornea_ and
    Coat of the _Crystalline Humour_ grow flatter than before, the Light
    will not be refracted enough, and for want of a sufficient Refraction
    will not converge to the bottom of the Eye but to some place beyond it,
    and by consequence paint in the bottom of the Eye a confused Picture,
    and according to the Indistinctness of this Picture the Object will
    appear confused. This is the reason of the decay of sight in old Men,
    and shews why their Sight is mended by Spectacles. For those Convex
    glasses supply the defect of plumpness in the Eye, and by increasing the
    Refraction make the Rays converge sooner, so as to convene distinctly at
    the bottom of the Eye if the Glass have a due degree of convexity. And
    the contrary happens in short-sighted Men whose Eyes are too plump. For
    the Refraction being now too great, the Rays converge and convene in the
    Eyes before they come at the bottom; and therefore the Picture made in
    the bottom and the Vision caused thereby will not be distinct, unless
    the Object be brought so near the Eye as that the place where the
    converging Rays convene may be removed to the bottom, or that the
    plumpness of the Eye be taken off and the Refractions diminished by a
    Concave-glass of a due degree of Concavity, or lastly that by Age the
    Eye grow flatter till it come to a due Figure: For short-sighted Men see
    remote Objects best in Old Age, and therefore they are accounted to have
    the most lasting Eyes.

    AX. VIII.

    _An Object seen by Reflexion or Refraction, appears in that place from
    whence the Rays after their last Reflexion or Refraction diverge in
    falling on the Spectator's Eye._

    If the Object A [in FIG. 9.] be seen by Reflexion of a Looking-glass
    _mn_, it shall appear, not in its proper place A, but behind the Glass
    at _a_, from whence any Rays AB, AC, AD, which flow from one and the
    same Point of the Object, do after their Reflexion made in the Points B,
    C, D, diverge in going from the Glass to E, F, G, where they are
    incident on the Spectator's Eyes. For these Rays do make the same
    Picture in the bottom of the Eyes as if they had come from the Object
    really placed at _a_ without the Interposition of the Looking-glass; and
    all Vision is made according to the place and shape of that Picture.

    In like manner the Object D [in FIG. 2.] seen through a Prism, appears
    not in its proper place D, but is thence translated to some other place
    _d_ situated in the last refracted Ray FG drawn backward from F to _d_.

    And so the Object Q [in FIG. 10.] seen through the Lens AB, appears at
    the place _q_ from whence the Rays diverge in passing from the Lens to
    the Eye. Now it is to be noted, that the Image of the Object at _q_ is
    so much bigger or lesser than the Object it self at Q, as the distance
    of the Image at _q_ from the Lens AB is bigger or less than the distance
    of the Object at Q from the same Lens. And if the Object be seen through
    two or more such Convex or Concave-glasses, every Glass shall make a new
    Image, and the Object shall appear in the place of the bigness of the
    last Image. Which consideration unfolds the Theory of Microscopes and
    Telescopes. For that Theory consists in almost nothing else than the
    describing such Glasses as shall make the last Image of any Object as
    distinct and large and luminous as it can conveniently be made.

    I have now given in Axioms and their Explications the sum of what hath
    hitherto been treated of in Opticks. For what hath been generally
    agreed on I content my self to assume under the notion of Principles, in
    order to what I have farther to write. And this may suffice for an
    Introduction to Readers of quick Wit and good Understanding not yet
    versed in Opticks: Although those who are already acquainted with this
    Science, and have handled Glasses, will more readily apprehend what
    followeth.

    FOOTNOTES:

    [A] In our Author's _Lectiones Opticae_, Part I. Sect. IV. Prop 29, 30,
    there is an elegant Method of determining these _Foci_; not only in
    spherical Surfaces, but likewise in any other curved Figure whatever:
    And in Prop. 32, 33, the same thing is done for any Ray lying out of the
    Axis.

    [B] _Ibid._ Prop. 34.

    _PROPOSITIONS._

    _PROP._ I. THEOR. I.

    _Lights which differ in Colour, differ also in Degrees of
    Refrangibility._

    The PROOF by Experiments.

    _Exper._ 1.

    I took a black oblong stiff Paper terminated by Parallel Sides, and with
    a Perpendicular right Line drawn cross from one Side to the other,
    distinguished it into two equal Parts. One of these parts I painted with
    a red colour and the other with a blue. The Paper was very black, and
    the Colours intense and thickly laid on, that the Phaenomenon might be
    more conspicuous. This Paper I view'd through a Prism of solid Glass,
    whose two Sides through which the Light passed to the Eye were plane and
    well polished, and contained an Angle of about sixty degrees; which
    Angle I call the refracting Angle of the Prism. And whilst I view'd it,
    I held it and the Prism before a Window in such manner that the Sides of
    the Paper were parallel to the Prism, and both those Sides and the Prism
    were parallel to the Horizon, and the cross Line was also parallel to
    it: and that the Light which fell from the Window upon the Paper made an
    Angle with the Paper, equal to that Angle which was made with the same
    Paper by the Light reflected from it to the Eye. Beyond the Prism was
    the Wall of the Chamber under the Window covered over with black Cloth,
    and the Cloth was involved in Darkness that no Light might be reflected
    from thence, which in passing by the Edges of the Paper to the Eye,
    might mingle itself with the Light of the Paper, and obscure the
    Phaenomenon thereof. These things being thus ordered, I found that if the
    refracting Angle of the Prism be turned upwards, so that the Paper may
    seem to be lifted upwards by the Refraction, its blue half will be
    lifted higher by the Refraction than its red half. But if the refracting
    Angle of the Prism be turned downward, so that the Paper may seem to be
    carried lower by the Refraction, its blue half will be carried something
    lower thereby than its red half. Wherefore in both Cases the Light which
    comes from the blue half of the Paper through the Prism to the Eye, does
    in like Circumstances suffer a greater Refraction than the Light which
    comes from the red half, and by consequence is more refrangible.

    _Illustration._ In the eleventh Figure, MN represents the Window, and DE
    the Paper terminated with parallel Sides DJ and HE, and by the
    transverse Line FG distinguished into two halfs, the one DG of an
    intensely blue Colour, the other FE of an intensely red. And BAC_cab_
    represents the Prism whose refracting Planes AB_ba_ and AC_ca_ meet in
    the Edge of the refracting Angle A_a_. This Edge A_a_ being upward, is
    parallel both to the Horizon, and to the Parallel-Edges of the Paper DJ
    and HE, and the transverse Line FG is perpendicular to the Plane of the
    Window. And _de_ represents the Image of the Paper seen by Refraction
    upwards in such manner, that the blue half DG is carried higher to _dg_
    than the red half FE is to _fe_, and therefore suffers a greater
    Refraction. If the Edge of the refracting Angle be turned downward, the
    Image of the Paper will be refracted downward; suppose to [Greek: de],
    and the blue half will be refracted lower to [Greek: dg] than the red
    half is to [Greek: pe].

    _Exper._ 2. About the aforesaid Paper, whose two halfs were painted over
    with red and blue, and which was stiff like thin Pasteboard, I lapped
    several times a slender Thred of very black Silk, in such manner that
    the several parts of the Thred might appear upon the Colours like so
    many black Lines drawn over them, or like long and slender dark Shadows
    cast upon them. I might have drawn black Lines with a Pen, but the
    Threds were smaller and better defined. This Paper thus coloured and
    lined I set against a Wall perpendicularly to the Horizon, so that one
    of the Colours might stand to the Right Hand, and the other to the Left.
    Close before the Paper, at the Confine of the Colours below, I placed a
    Candle to illuminate the Paper strongly: For the Experiment was tried in
    the Night. The Flame of the Candle reached up to the lower edge of the
    Paper, or a very little higher. Then at the distance of six Feet, and
    one or two Inches from the Paper upon the Floor I erected a Glass Lens
    four Inches and a quarter broad, which might collect the Rays coming
    from the several Points of the Paper, and make them converge towards so
    many other Points at the same distance of six Feet, and one or two
    Inches on the other side of the Lens, and so form the Image of the
    coloured Paper upon a white Paper placed there, after the same manner
    that a Lens at a Hole in a Window casts the Images of Objects abroad
    upon a Sheet of white Paper in a dark Room. The aforesaid white Paper,
    erected perpendicular to the Horizon, and to the Rays which fell upon it
    from the Lens, I moved sometimes towards the Lens, sometimes from it, to
    find the Places where the Images of the blue and red Parts of the
    coloured Paper appeared most distinct. Those Places I easily knew by the
    Images of the black Lines which I had made by winding the Silk about the
    Paper. For the Images of those fine and slender Lines (which by reason
    of their Blackness were like Shadows on the Colours) were confused and
    scarce visible, unless when the Colours on either side of each Line were
    terminated most distinctly, Noting therefore, as diligently as I could,
    the Places where the Images of the red and blue halfs of the coloured
    Paper appeared most distinct, I found that where the red half of the
    Paper appeared distinct, the blue half appeared confused, so that the
    black Lines drawn upon it could scarce be seen; and on the contrary,
    where the blue half appeared most distinct, the red half appeared
    confused, so that the black Lines upon it were scarce visible. And
    between the two Places where these Images appeared distinct there was
    the distance of an Inch and a half; the distance of the white Paper from
    the Lens, when the Image of the red half of the coloured Paper appeared
    most distinct, being greater by an Inch and an half than the distance of
    the same white Paper from the Lens, when the Image of the blue half
    appeared most distinct. In like Incidences therefore of the blue and red
    upon the Lens, the blue was refracted more by the Lens than the red, so
    as to converge sooner by an Inch and a half, and therefore is more
    refrangible.

    _Illustration._ In the twelfth Figure (p. 27), DE signifies the coloured
    Paper, DG the blue half, FE the red half, MN the Lens, HJ the white
    Paper in that Place where the red half with its black Lines appeared
    distinct, and _hi_ the same Paper in that Place where the blue half
    appeared distinct. The Place _hi_ was nearer to the Lens MN than the
    Place HJ by an Inch and an half.

    _Scholium._ The same Things succeed, notwithstanding that some of the
    Circumstances be varied; as in the first Experiment when the Prism and
    Paper are any ways inclined to the Horizon, and in both when coloured
    Lines are drawn upon very black Paper. But in the Description of these
    Experiments, I have set down such Circumstances, by which either the
    Phaenomenon might be render'd more conspicuous, or a Novice might more
    easily try them, or by which I did try them only. The same Thing, I have
    often done in the following Experiments: Concerning all which, this one
    Admonition may suffice. Now from these Experiments it follows not, that
    all the Light of the blue is more refrangible than all the Light of the
    red: For both Lights are mixed of Rays differently refrangible, so that
    in the red there are some Rays not less refrangible than those of the
    blue, and in the blue there are some Rays not more refrangible than
    those of the red: But these Rays, in proportion to the whole Light, are
    but few, and serve to diminish the Event of the Experiment, but are not
    able to destroy it. For, if the red and blue Colours were more dilute
    and weak, the distance of the Images would be less than an Inch and a
    half; and if they were more intense and full, that distance would be
    greater, as will appear hereafter. These Experiments may suffice for the
    Colours of Natural Bodies. For in the Colours made by the Refraction of
    Prisms, this Proposition will appear by the Experiments which are now to
    follow in the next Proposition.

    _PROP._ II. THEOR. II.

    _The Light of the Sun consists of Rays differently Refrangible._

    The PROOF by Experiments.

    _Exper._ 3.

    In a very dark Chamber, at a round Hole, about one third Part of an Inch
    broad, made in the Shut of a Window, I placed a Glass Prism, whereby the
    Beam of the Sun's Light, which came in at that Hole, might be refracted
    upwards toward the opposite Wall of the Chamber, and there form a
    colour'd Image of the Sun. The Axis of the Prism (that is, the Line
    passing through the middle of the Prism from one end of it to the other
    end parallel to the edge of the Refracting Angle) was in this and the
    following Experiments perpendicular to the incident Rays. About this
    Axis I turned the Prism slowly, and saw the refracted Light on the Wall,
    or coloured Image of the Sun, first to descend, and then to ascend.
    Between the Descent and Ascent, when the Image seemed Stationary, I
    stopp'd the Prism, and fix'd it in that Posture, that it should be moved
    no more. For in that Posture the Refractions of the Light at the two
    Sides of the refracting Angle, that is, at the Entrance of the Rays into
    the Prism, and at their going out of it, were equal to one another.[C]
    So also in other Experiments, as often as I would have the Refractions
    on both sides the Prism to be equal to one another, I noted the Place
    where the Image of the Sun formed by the refracted Light stood still
    between its two contrary Motions, in the common Period of its Progress
    and Regress; and when the Image fell upon that Place, I made fast the
    Prism. And in this Posture, as the most convenient, it is to be
    understood that all the Prisms are placed in the following Experiments,
    unless where some other Posture is described. The Prism therefore being
    placed in this Posture, I let the refracted Light fall perpendicularly
    upon a Sheet of white Paper at the opposite Wall of the Chamber, and
    observed the Figure and Dimensions of the Solar Image formed on the
    Paper by that Light. This Image was Oblong and not Oval, but terminated
    with two Rectilinear and Parallel Sides, and two Semicircular Ends. On
    its Sides it was bounded pretty distinctly, but on its Ends very
    confusedly and indistinctly, the Light there decaying and vanishing by
    degrees. The Breadth of this Image answered to the Sun's Diameter, and
    was about two Inches and the eighth Part of an Inch, including the
    Penumbra. For the Image was eighteen Feet and an half distant from the
    Prism, and at this distance that Breadth, if diminished by the Diameter
    of the Hole in the Window-shut, that is by a quarter of an Inch,
    subtended an Angle at the Prism of about half a Degree, which is the
    Sun's apparent Diameter. But the Length of the Image was about ten
    Inches and a quarter, and the Length of the Rectilinear Sides about
    eight Inches; and the refracting Angle of the Prism, whereby so great a
    Length was made, was 64 degrees. With a less Angle the Length of the
    Image was less, the Breadth remaining the same. If the Prism was turned
    about its Axis that way which made the Rays emerge more obliquely out of
    the second refracting Surface of the Prism, the Image soon became an
    Inch or two longer, or more; and if the Prism was turned about the
    contrary way, so as to make the Rays fall more obliquely on the first
    refracting Surface, the Image soon became an Inch or two shorter. And
    therefore in trying this Experiment, I was as curious as I could be in
    placing the Prism by the above-mention'd Rule exactly in such a Posture,
    that the Refractions of the Rays at their Emergence out of the Prism
    might be equal to that at their Incidence on it. This Prism had some
    Veins running along within the Glass from one end to the other, which
    scattered some of the Sun's Light irregularly, but had no sensible
    Effect in increasing the Length of the coloured Spectrum. For I tried
    the same Experiment with other Prisms with the same Success. And
    particularly with a Prism which seemed free from such Veins, and whose
    refracting Angle was 62-1/2 Degrees, I found the Length of the Image
    9-3/4 or 10 Inches at the distance of 18-1/2 Feet from the Prism, the
    Breadth of the Hole in the Window-shut being 1/4 of an Inch, as before.
    And because it is easy to commit a Mistake in placing the Prism in its
    due Posture, I repeated the Experiment four or five Times, and always
    found the Length of the Image that which is set down above. With another
    Prism of clearer Glass and better Polish, which seemed free from Veins,
    and whose refracting Angle was 63-1/2 Degrees, the Length of this Image
    at the same distance of 18-1/2 Feet was also about 10 Inches, or 10-1/8.
    Beyond these Measures for about a 1/4 or 1/3 of an Inch at either end of
    the Spectrum the Light of the Clouds seemed to be a little tinged with
    red and violet, but so very faintly, that I suspected that Tincture
    might either wholly, or in great Measure arise from some Rays of the
    Spectrum scattered irregularly by some Inequalities in the Substance and
    Polish of the Glass, and therefore I did not include it in these
    Measures. Now the different Magnitude of the hole in the Window-shut,
    and different thickness of the Prism where the Rays passed through it,
    and different inclinations of the Prism to the Horizon, made no sensible
    changes in the length of the Image. Neither did the different matter of
    the Prisms make any: for in a Vessel made of polished Plates of Glass
    cemented together in the shape of a Prism and filled with Water, there
    is the like Success of the Experiment according to the quantity of the
    Refraction. It is farther to be observed, that the Rays went on in right
    Lines from the Prism to the Image, and therefore at their very going out
    of the Prism had all that Inclination to one another from which the
    length of the Image proceeded, that is, the Inclination of more than two
    degrees and an half. And yet according to the Laws of Opticks vulgarly
    received, they could not possibly be so much inclined to one another.[D]
    For let EG [_Fig._ 13. (p. 27)] represent the Window-shut, F the hole
    made therein through which a beam of the Sun's Light was transmitted
    into the darkened Chamber, and ABC a Triangular Imaginary Plane whereby
    the Prism is feigned to be cut transversely through the middle of the
    Light. Or if you please, let ABC represent the Prism it self, looking
    directly towards the Spectator's Eye with its nearer end: And let XY be
    the Sun, MN the Paper upon which the Solar Image or Spectrum is cast,
    and PT the Image it self whose sides towards _v_ and _w_ are Rectilinear
    and Parallel, and ends towards P and T Semicircular. YKHP and XLJT are
    two Rays, the first of which comes from the lower part of the Sun to the
    higher part of the Image, and is refracted in the Prism at K and H, and
    the latter comes from the higher part of the Sun to the lower part of
    the Image, and is refracted at L and J. Since the Refractions on both
    sides the Prism are equal to one another, that is, the Refraction at K
    equal to the Refraction at J, and the Refraction at L equal to the
    Refraction at H, so that the Refractions of the incident Rays at K and L
    taken together, are equal to the Refractions of the emergent Rays at H
    and J taken together: it follows by adding equal things to equal things,
    that the Refractions at K and H taken together, are equal to the
    Refractions at J and L taken together, and therefore the two Rays being
    equally refracted, have the same Inclination to one another after
    Refraction which they had before; that is, the Inclination of half a
    Degree answering to the Sun's Diameter. For so great was the inclination
    of the Rays to one another before Refraction. So then, the length of the
    Image PT would by the Rules of Vulgar Opticks subtend an Angle of half a
    Degree at the Prism, and by Consequence be equal to the breadth _vw_;
    and therefore the Image would be round. Thus it would be were the two
    Rays XLJT and YKHP, and all the rest which form the Image P_w_T_v_,
    alike refrangible. And therefore seeing by Experience it is found that
    the Image is not round, but about five times longer than broad, the Rays
    which going to the upper end P of the Image suffer the greatest
    Refraction, must be more refrangible than those which go to the lower
    end T, unless the Inequality of Refraction be casual.

    This Image or Spectrum PT was coloured, being red at its least refracted
    end T, and violet at its most refracted end P, and yellow green and
    blue in the intermediate Spaces. Which agrees with the first
    Proposition, that Lights which differ in Colour, do also differ in
    Refrangibility. The length of the Image in the foregoing Experiments, I
    measured from the faintest and outmost red at one end, to the faintest
    and outmost blue at the other end, excepting only a little Penumbra,
    whose breadth scarce exceeded a quarter of an Inch, as was said above.

    _Exper._ 4. In the Sun's Beam which was propagated into the Room through
    the hole in the Window-shut, at the distance of some Feet from the hole,
    I held the Prism in such a Posture, that its Axis might be perpendicular
    to that Beam. Then I looked through the Prism upon the hole, and turning
    the Prism to and fro about its Axis, to make the Image of the Hole
    ascend and descend, when between its two contrary Motions it seemed
    Stationary, I stopp'd the Prism, that the Refractions of both sides of
    the refracting Angle might be equal to each other, as in the former
    Experiment. In this situation of the Prism viewing through it the said
    Hole, I observed the length of its refracted Image to be many times
    greater than its breadth, and that the most refracted part thereof
    appeared violet, the least refracted red, the middle parts blue, green
    and yellow in order. The same thing happen'd when I removed the Prism
    out of the Sun's Light, and looked through it upon the hole shining by
    the Light of the Clouds beyond it. And yet if the Refraction were done
    regularly according to one certain Proportion of the Sines of Incidence
    and Refraction as is vulgarly supposed, the refracted Image ought to
    have appeared round.

    So then, by these two Experiments it appears, that in Equal Incidences
    there is a considerable inequality of Refractions. But whence this
    inequality arises, whether it be that some of the incident Rays are
    refracted more, and others less, constantly, or by chance, or that one
    and the same Ray is by Refraction disturbed, shatter'd, dilated, and as
    it were split and spread into many diverging Rays, as _Grimaldo_
    supposes, does not yet appear by these Experiments, but will appear by
    those that follow.

    _Exper._ 5. Considering therefore, that if in the third Experiment the
    Image of the Sun should be drawn out into an oblong Form, either by a
    Dilatation of every Ray, or by any other casual inequality of the
    Refractions, the same oblong Image would by a second Refraction made
    sideways be drawn out as much in breadth by the like Dilatation of the
    Rays, or other casual inequality of the Refractions sideways, I tried
    what would be the Effects of such a second Refraction. For this end I
    ordered all things as in the third Experiment, and then placed a second
    Prism immediately after the first in a cross Position to it, that it
    might again refract the beam of the Sun's Light which came to it through
    the first Prism. In the first Prism this beam was refracted upwards, and
    in the second sideways. And I found that by the Refraction of the second
    Prism, the breadth of the Image was not increased, but its superior
    part, which in the first Prism suffered the greater Refraction, and
    appeared violet and blue, did again in the second Prism suffer a greater
    Refraction than its inferior part, which appeared red and yellow, and
    this without any Dilatation of the Image in breadth.

    _Illustration._ Let S [_Fig._ 14, 15.] represent the Sun, F the hole in
    the Window, ABC the first Prism, DH the second Prism, Y the round Image
    of the Sun made by a direct beam of Light when the Prisms are taken
    away, PT the oblong Image of the Sun made by that beam passing through
    the first Prism alone, when the second Prism is taken away, and _pt_ the
    Image made by the cross Refractions of both Prisms together. Now if the
    Rays which tend towards the several Points of the round Image Y were
    dilated and spread by the Refraction of the first Prism, so that they
    should not any longer go in single Lines to single Points, but that
    every Ray being split, shattered, and changed from a Linear Ray to a
    Superficies of Rays diverging from the Point of Refraction, and lying in
    the Plane of the Angles of Incidence and Refraction, they should go in
    those Planes to so many Lines reaching almost from one end of the Image
    PT to the other, and if that Image should thence become oblong: those
    Rays and their several parts tending towards the several Points of the
    Image PT ought to be again dilated and spread sideways by the transverse
    Refraction of the second Prism, so as to compose a four square Image,
    such as is represented at [Greek: pt]. For the better understanding of
    which, let the Image PT be distinguished into five equal parts PQK,
    KQRL, LRSM, MSVN, NVT. And by the same irregularity that the orbicular
    Light Y is by the Refraction of the first Prism dilated and drawn out
    into a long Image PT, the Light PQK which takes up a space of the same
    length and breadth with the Light Y ought to be by the Refraction of the
    second Prism dilated and drawn out into the long Image _[Greek: p]qkp_,
    and the Light KQRL into the long Image _kqrl_, and the Lights LRSM,
    MSVN, NVT, into so many other long Images _lrsm_, _msvn_, _nvt[Greek:
    t]_; and all these long Images would compose the four square Images
    _[Greek: pt]_. Thus it ought to be were every Ray dilated by Refraction,
    and spread into a triangular Superficies of Rays diverging from the
    Point of Refraction. For the second Refraction would spread the Rays one
    way as much as the first doth another, and so dilate the Image in
    breadth as much as the first doth in length. And the same thing ought to
    happen, were some rays casually refracted more than others. But the
    Event is otherwise. The Image PT was not made broader by the Refraction
    of the second Prism, but only became oblique, as 'tis represented at
    _pt_, its upper end P being by the Refraction translated to a greater
    distance than its lower end T. So then the Light which went towards the
    upper end P of the Image, was (at equal Incidences) more refracted in
    the second Prism, than the Light which tended towards the lower end T,
    that is the blue and violet, than the red and yellow; and therefore was
    more refrangible. The same Light was by the Refraction of the first
    Prism translated farther from the place Y to which it tended before
    Refraction; and therefore suffered as well in the first Prism as in the
    second a greater Refraction than the rest of the Light, and by
    consequence was more refrangible than the rest, even before its
    incidence on the first Prism.

    Sometimes I placed a third Prism after the second, and sometimes also a
    fourth after the third, by all which the Image might be often refracted
    sideways: but the Rays which were more refracted than the rest in the
    first Prism were also more refracted in all the rest, and that without
    any Dilatation of the Image sideways: and therefore those Rays for their
    constancy of a greater Refraction are deservedly reputed more
    refrangible.

    But that the meaning of this Experiment may more clearly appear, it is
    to be considered that the Rays which are equally refrangible do fall
    upon a Circle answering to the Sun's Disque. For this was proved in the
    third Experiment. By a Circle I understand not here a perfect
    geometrical Circle, but any orbicular Figure whose length is equal to
    its breadth, and which, as to Sense, may seem circular. Let therefore AG
    [in _Fig._ 15.] represent the Circle which all the most refrangible Rays
    propagated from the whole Disque of the Sun, would illuminate and paint
    upon the opposite Wall if they were alone; EL the Circle which all the
    least refrangible Rays would in like manner illuminate and paint if they
    were alone; BH, CJ, DK, the Circles which so many intermediate sorts of
    Rays would successively paint upon the Wall, if they were singly
    propagated from the Sun in successive order, the rest being always
    intercepted; and conceive that there are other intermediate Circles
    without Number, which innumerable other intermediate sorts of Rays would
    successively paint upon the Wall if the Sun should successively emit
    every sort apart. And seeing the Sun emits all these sorts at once, they
    must all together illuminate and paint innumerable equal Circles, of all
    which, being according to their degrees of Refrangibility placed in
    order in a continual Series, that oblong Spectrum PT is composed which I
    described in the third Experiment. Now if the Sun's circular Image Y [in
    _Fig._ 15.] which is made by an unrefracted beam of Light was by any
    Dilation of the single Rays, or by any other irregularity in the
    Refraction of the first Prism, converted into the oblong Spectrum, PT:
    then ought every Circle AG, BH, CJ, &c. in that Spectrum, by the cross
    Refraction of the second Prism again dilating or otherwise scattering
    the Rays as before, to be in like manner drawn out and transformed into
    an oblong Figure, and thereby the breadth of the Image PT would be now
    as much augmented as the length of the Image Y was before by the
    Refraction of the first Prism; and thus by the Refractions of both
    Prisms together would be formed a four square Figure _p[Greek:
    p]t[Greek: t]_, as I described above. Wherefore since the breadth of the
    Spectrum PT is not increased by the Refraction sideways, it is certain
    that the Rays are not split or dilated, or otherways irregularly
    scatter'd by that Refraction, but that every Circle is by a regular and
    uniform Refraction translated entire into another Place, as the Circle
    AG by the greatest Refraction into the place _ag_, the Circle BH by a
    less Refraction into the place _bh_, the Circle CJ by a Refraction still
    less into the place _ci_, and so of the rest; by which means a new
    Spectrum _pt_ inclined to the former PT is in like manner composed of
    Circles lying in a right Line; and these Circles must be of the same
    bigness with the former, because the breadths of all the Spectrums Y, PT
    and _pt_ at equal distances from the Prisms are equal.

    I considered farther, that by the breadth of the hole F through which
    the Light enters into the dark Chamber, there is a Penumbra made in the
    Circuit of the Spectrum Y, and that Penumbra remains in the rectilinear
    Sides of the Spectrums PT and _pt_. I placed therefore at that hole a
    Lens or Object-glass of a Telescope which might cast the Image of the
    Sun distinctly on Y without any Penumbra at all, and found that the
    Penumbra of the rectilinear Sides of the oblong Spectrums PT and _pt_
    was also thereby taken away, so that those Sides appeared as distinctly
    defined as did the Circumference of the first Image Y. Thus it happens
    if the Glass of the Prisms be free from Veins, and their sides be
    accurately plane and well polished without those numberless Waves or
    Curles which usually arise from Sand-holes a little smoothed in
    polishing with Putty. If the Glass be only well polished and free from
    Veins, and the Sides not accurately plane, but a little Convex or
    Concave, as it frequently happens; yet may the three Spectrums Y, PT and
    _pt_ want Penumbras, but not in equal distances from the Prisms. Now
    from this want of Penumbras, I knew more certainly that every one of the
    Circles was refracted according to some most regular, uniform and
    constant Law. For if there were any irregularity in the Refraction, the
    right Lines AE and GL, which all the Circles in the Spectrum PT do
    touch, could not by that Refraction be translated into the Lines _ae_
    and _gl_ as distinct and straight as they were before, but there would
    arise in those translated Lines some Penumbra or Crookedness or
    Undulation, or other sensible Perturbation contrary to what is found by
    Experience. Whatsoever Penumbra or Perturbation should be made in the
    Circles by the cross Refraction of the second Prism, all that Penumbra
    or Perturbation would be conspicuous in the right Lines _ae_ and _gl_
    which touch those Circles. And therefore since there is no such Penumbra
    or Perturbation in those right Lines, there must be none in the
    Circles. Since the distance between those Tangents or breadth of the
    Spectrum is not increased by the Refractions, the Diameters of the
    Circles are not increased thereby. Since those Tangents continue to be
    right Lines, every Circle which in the first Prism is more or less
    refracted, is exactly in the same proportion more or less refracted in
    the second. And seeing all these things continue to succeed after the
    same manner when the Rays are again in a third Prism, and again in a
    fourth refracted sideways, it is evident that the Rays of one and the
    same Circle, as to their degree of Refrangibility, continue always
    uniform and homogeneal to one another, and that those of several Circles
    do differ in degree of Refrangibility, and that in some certain and
    constant Proportion. Which is the thing I was to prove.

    There is yet another Circumstance or two of this Experiment by which it
    becomes still more plain and convincing. Let the second Prism DH [in
    _Fig._ 16.] be placed not immediately after the first, but at some
    distance from it; suppose in the mid-way between it and the Wall on
    which the oblong Spectrum PT is cast, so that the Light from the first
    Prism may fall upon it in the form of an oblong Spectrum [Greek: pt]
    parallel to this second Prism, and be refracted sideways to form the
    oblong Spectrum _pt_ upon the Wall. And you will find as before, that
    this Spectrum _pt_ is inclined to that Spectrum PT, which the first
    Prism forms alone without the second; the blue ends P and _p_ being
    farther distant from one another than the red ones T and _t_, and by
    consequence that the Rays which go to the blue end [Greek: p] of the
    Image [Greek: pt], and which therefore suffer the greatest Refraction in
    the first Prism, are again in the second Prism more refracted than the
    rest.

    The same thing I try'd also by letting the Sun's Light into a dark Room
    through two little round holes F and [Greek: ph] [in _Fig._ 17.] made in
    the Window, and with two parallel Prisms ABC and [Greek: abg] placed at
    those holes (one at each) refracting those two beams of Light to the
    opposite Wall of the Chamber, in such manner that the two colour'd
    Images PT and MN which they there painted were joined end to end and lay
    in one straight Line, the red end T of the one touching the blue end M
    of the other. For if these two refracted Beams were again by a third
    Prism DH placed cross to the two first, refracted sideways, and the
    Spectrums thereby translated to some other part of the Wall of the
    Chamber, suppose the Spectrum PT to _pt_ and the Spectrum MN to _mn_,
    these translated Spectrums _pt_ and _mn_ would not lie in one straight
    Line with their ends contiguous as before, but be broken off from one
    another and become parallel, the blue end _m_ of the Image _mn_ being by
    a greater Refraction translated farther from its former place MT, than
    the red end _t_ of the other Image _pt_ from the same place MT; which
    puts the Proposition past Dispute. And this happens whether the third
    Prism DH be placed immediately after the two first, or at a great
    distance from them, so that the Light refracted in the two first Prisms
    be either white and circular, or coloured and oblong when it falls on
    the third.

    _Exper._ 6. In the middle of two thin Boards I made round holes a third
    part of an Inch in diameter, and in the Window-shut a much broader hole
    being made to let into my darkned Chamber a large Beam of the Sun's
    Light; I placed a Prism behind the Shut in that beam to refract it
    towards the opposite Wall, and close behind the Prism I fixed one of the
    Boards, in such manner that the middle of the refracted Light might pass
    through the hole made in it, and the rest be intercepted by the Board.
    Then at the distance of about twelve Feet from the first Board I fixed
    the other Board in such manner that the middle of the refracted Light
    which came through the hole in the first Board, and fell upon the
    opposite Wall, might pass through the hole in this other Board, and the
    rest being intercepted by the Board might paint upon it the coloured
    Spectrum of the Sun. And close behind this Board I fixed another Prism
    to refract the Light which came through the hole. Then I returned
    speedily to the first Prism, and by turning it slowly to and fro about
    its Axis, I caused the Image which fell upon the second Board to move up
    and down upon that Board, that all its parts might successively pass
    through the hole in that Board and fall upon the Prism behind it. And in
    the mean time, I noted the places on the opposite Wall to which that
    Light after its Refraction in the second Prism did pass; and by the
    difference of the places I found that the Light which being most
    refracted in the first Prism did go to the blue end of the Image, was
    again more refracted in the second Prism than the Light which went to
    the red end of that Image, which proves as well the first Proposition as
    the second. And this happened whether the Axis of the two Prisms were
    parallel, or inclined to one another, and to the Horizon in any given
    Angles.

    _Illustration._ Let F [in _Fig._ 18.] be the wide hole in the
    Window-shut, through which the Sun shines upon the first Prism ABC, and
    let the refracted Light fall upon the middle of the Board DE, and the
    middle part of that Light upon the hole G made in the middle part of
    that Board. Let this trajected part of that Light fall again upon the
    middle of the second Board _de_, and there paint such an oblong coloured
    Image of the Sun as was described in the third Experiment. By turning
    the Prism ABC slowly to and fro about its Axis, this Image will be made
    to move up and down the Board _de_, and by this means all its parts from
    one end to the other may be made to pass successively through the hole
    _g_ which is made in the middle of that Board. In the mean while another
    Prism _abc_ is to be fixed next after that hole _g_, to refract the
    trajected Light a second time. And these things being thus ordered, I
    marked the places M and N of the opposite Wall upon which the refracted
    Light fell, and found that whilst the two Boards and second Prism
    remained unmoved, those places by turning the first Prism about its Axis
    were changed perpetually. For when the lower part of the Light which
    fell upon the second Board _de_ was cast through the hole _g_, it went
    to a lower place M on the Wall and when the higher part of that Light
    was cast through the same hole _g_, it went to a higher place N on the
    Wall, and when any intermediate part of the Light was cast through that
    hole, it went to some place on the Wall between M and N. The unchanged
    Position of the holes in the Boards, made the Incidence of the Rays upon
    the second Prism to be the same in all cases. And yet in that common
    Incidence some of the Rays were more refracted, and others less. And
    those were more refracted in this Prism, which by a greater Refraction
    in the first Prism were more turned out of the way, and therefore for
    their Constancy of being more refracted are deservedly called more
    refrangible.

    _Exper._ 7. At two holes made near one another in my Window-shut I
    placed two Prisms, one at each, which might cast upon the opposite Wall
    (after the manner of the third Experiment) two oblong coloured Images of
    the Sun. And at a little distance from the Wall I placed a long slender
    Paper with straight and parallel edges, and ordered the Prisms and Paper
    so, that the red Colour of one Image might fall directly upon one half
    of the Paper, and the violet Colour of the other Image upon the other
    half of the same Paper; so that the Paper appeared of two Colours, red
    and violet, much after the manner of the painted Paper in the first and
    second Experiments. Then with a black Cloth I covered the Wall behind
    the Paper, that no Light might be reflected from it to disturb the
    Experiment, and viewing the Paper through a third Prism held parallel
    to it, I saw that half of it which was illuminated by the violet Light
    to be divided from the other half by a greater Refraction, especially
    when I went a good way off from the Paper. For when I viewed it too near
    at hand, the two halfs of the Paper did not appear fully divided from
    one another, but seemed contiguous at one of their Angles like the
    painted Paper in the first Experiment. Which also happened when the
    Paper was too broad.

    Sometimes instead of the Paper I used a white Thred, and this appeared
    through the Prism divided into two parallel Threds as is represented in
    the nineteenth Figure, where DG denotes the Thred illuminated with
    violet Light from D to E and with red Light from F to G, and _defg_ are
    the parts of the Thred seen by Refraction. If one half of the Thred be
    constantly illuminated with red, and the other half be illuminated with
    all the Colours successively, (which may be done by causing one of the
    Prisms to be turned about its Axis whilst the other remains unmoved)
    this other half in viewing the Thred through the Prism, will appear in
    a continual right Line with the first half when illuminated with red,
    and begin to be a little divided from it when illuminated with Orange,
    and remove farther from it when illuminated with yellow, and still
    farther when with green, and farther when with blue, and go yet farther
    off when illuminated with Indigo, and farthest when with deep violet.
    Which plainly shews, that the Lights of several Colours are more and
    more refrangible one than another, in this Order of their Colours, red,
    orange, yellow, green, blue, indigo, deep violet; and so proves as well
    the first Proposition as the second.

    I caused also the coloured Spectrums PT [in _Fig._ 17.] and MN made in a
    dark Chamber by the Refractions of two Prisms to lie in a Right Line end
    to end, as was described above in the fifth Experiment, and viewing them
    through a third Prism held parallel to their Length, they appeared no
    longer in a Right Line, but became broken from one another, as they are
    represented at _pt_ and _mn_, the violet end _m_ of the Spectrum _mn_
    being by a greater Refraction translated farther from its former Place
    MT than the red end _t_ of the other Spectrum _pt_.

    I farther caused those two Spectrums PT [in _Fig._ 20.] and MN to become
    co-incident in an inverted Order of their Colours, the red end of each
    falling on the violet end of the other, as they are represented in the
    oblong Figure PTMN; and then viewing them through a Prism DH held
    parallel to their Length, they appeared not co-incident, as when view'd
    with the naked Eye, but in the form of two distinct Spectrums _pt_ and
    _mn_ crossing one another in the middle after the manner of the Letter
    X. Which shews that the red of the one Spectrum and violet of the other,
    which were co-incident at PN and MT, being parted from one another by a
    greater Refraction of the violet to _p_ and _m_ than of the red to _n_
    and _t_, do differ in degrees of Refrangibility.

    I illuminated also a little Circular Piece of white Paper all over with
    the Lights of both Prisms intermixed, and when it was illuminated with
    the red of one Spectrum, and deep violet of the other, so as by the
    Mixture of those Colours to appear all over purple, I viewed the Paper,
    first at a less distance, and then at a greater, through a third Prism;
    and as I went from the Paper, the refracted Image thereof became more
    and more divided by the unequal Refraction of the two mixed Colours, and
    at length parted into two distinct Images, a red one and a violet one,
    whereof the violet was farthest from the Paper, and therefore suffered
    the greatest Refraction. And when that Prism at the Window, which cast
    the violet on the Paper was taken away, the violet Image disappeared;
    but when the other Prism was taken away the red vanished; which shews,
    that these two Images were nothing else than the Lights of the two
    Prisms, which had been intermixed on the purple Paper, but were parted
    again by their unequal Refractions made in the third Prism, through
    which the Paper was view'd. This also was observable, that if one of the
    Prisms at the Window, suppose that which cast the violet on the Paper,
    was turned about its Axis to make all the Colours in this order,
    violet, indigo, blue, green, yellow, orange, red, fall successively on
    the Paper from that Prism, the violet Image changed Colour accordingly,
    turning successively to indigo, blue, green, yellow and red, and in
    changing Colour came nearer and nearer to the red Image made by the
    other Prism, until when it was also red both Images became fully
    co-incident.

    I placed also two Paper Circles very near one another, the one in the
    red Light of one Prism, and the other in the violet Light of the other.
    The Circles were each of them an Inch in diameter, and behind them the
    Wall was dark, that the Experiment might not be disturbed by any Light
    coming from thence. These Circles thus illuminated, I viewed through a
    Prism, so held, that the Refraction might be made towards the red
    Circle, and as I went from them they came nearer and nearer together,
    and at length became co-incident; and afterwards when I went still
    farther off, they parted again in a contrary Order, the violet by a
    greater Refraction being carried beyond the red.

    _Exper._ 8. In Summer, when the Sun's Light uses to be strongest, I
    placed a Prism at the Hole of the Window-shut, as in the third
    Experiment, yet so that its Axis might be parallel to the Axis of the
    World, and at the opposite Wall in the Sun's refracted Light, I placed
    an open Book. Then going six Feet and two Inches from the Book, I placed
    there the above-mentioned Lens, by which the Light reflected from the
    Book might be made to converge and meet again at the distance of six
    Feet and two Inches behind the Lens, and there paint the Species of the
    Book upon a Sheet of white Paper much after the manner of the second
    Experiment. The Book and Lens being made fast, I noted the Place where
    the Paper was, when the Letters of the Book, illuminated by the fullest
    red Light of the Solar Image falling upon it, did cast their Species on
    that Paper most distinctly: And then I stay'd till by the Motion of the
    Sun, and consequent Motion of his Image on the Book, all the Colours
    from that red to the middle of the blue pass'd over those Letters; and
    when those Letters were illuminated by that blue, I noted again the
    Place of the Paper when they cast their Species most distinctly upon it:
    And I found that this last Place of the Paper was nearer to the Lens
    than its former Place by about two Inches and an half, or two and three
    quarters. So much sooner therefore did the Light in the violet end of
    the Image by a greater Refraction converge and meet, than the Light in
    the red end. But in trying this, the Chamber was as dark as I could make
    it. For, if these Colours be diluted and weakned by the Mixture of any
    adventitious Light, the distance between the Places of the Paper will
    not be so great. This distance in the second Experiment, where the
    Colours of natural Bodies were made use of, was but an Inch and an half,
    by reason of the Imperfection of those Colours. Here in the Colours of
    the Prism, which are manifestly more full, intense, and lively than
    those of natural Bodies, the distance is two Inches and three quarters.
    And were the Colours still more full, I question not but that the
    distance would be considerably greater. For the coloured Light of the
    Prism, by the interfering of the Circles described in the second Figure
    of the fifth Experiment, and also by the Light of the very bright Clouds
    next the Sun's Body intermixing with these Colours, and by the Light
    scattered by the Inequalities in the Polish of the Prism, was so very
    much compounded, that the Species which those faint and dark Colours,
    the indigo and violet, cast upon the Paper were not distinct enough to
    be well observed.

    _Exper._ 9. A Prism, whose two Angles at its Base were equal to one
    another, and half right ones, and the third a right one, I placed in a
    Beam of the Sun's Light let into a dark Chamber through a Hole in the
    Window-shut, as in the third Experiment. And turning the Prism slowly
    about its Axis, until all the Light which went through one of its
    Angles, and was refracted by it began to be reflected by its Base, at
    which till then it went out of the Glass, I observed that those Rays
    which had suffered the greatest Refraction were sooner reflected than
    the rest. I conceived therefore, that those Rays of the reflected Light,
    which were most refrangible, did first of all by a total Reflexion
    become more copious in that Light than the rest, and that afterwards the
    rest also, by a total Reflexion, became as copious as these. To try
    this, I made the reflected Light pass through another Prism, and being
    refracted by it to fall afterwards upon a Sheet of white Paper placed
    at some distance behind it, and there by that Refraction to paint the
    usual Colours of the Prism. And then causing the first Prism to be
    turned about its Axis as above, I observed that when those Rays, which
    in this Prism had suffered the greatest Refraction, and appeared of a
    blue and violet Colour began to be totally reflected, the blue and
    violet Light on the Paper, which was most refracted in the second Prism,
    received a sensible Increase above that of the red and yellow, which was
    least refracted; and afterwards, when the rest of the Light which was
    green, yellow, and red, began to be totally reflected in the first
    Prism, the Light of those Colours on the Paper received as great an
    Increase as the violet and blue had done before. Whence 'tis manifest,
    that the Beam of Light reflected by the Base of the Prism, being
    augmented first by the more refrangible Rays, and afterwards by the less
    refrangible ones, is compounded of Rays differently refrangible. And
    that all such reflected Light is of the same Nature with the Sun's Light
    before its Incidence on the Base of the Prism, no Man ever doubted; it
    being generally allowed, that Light by such Reflexions suffers no
    Alteration in its Modifications and Properties. I do not here take
    Notice of any Refractions made in the sides of the first Prism, because
    the Light enters it perpendicularly at the first side, and goes out
    perpendicularly at the second side, and therefore suffers none. So then,
    the Sun's incident Light being of the same Temper and Constitution with
    his emergent Light, and the last being compounded of Rays differently
    refrangible, the first must be in like manner compounded.

    _Illustration._ In the twenty-first Figure, ABC is the first Prism, BC
    its Base, B and C its equal Angles at the Base, each of 45 Degrees, A
    its rectangular Vertex, FM a beam of the Sun's Light let into a dark
    Room through a hole F one third part of an Inch broad, M its Incidence
    on the Base of the Prism, MG a less refracted Ray, MH a more refracted
    Ray, MN the beam of Light reflected from the Base, VXY the second Prism
    by which this beam in passing through it is refracted, N_t_ the less
    refracted Light of this beam, and N_p_ the more refracted part thereof.
    When the first Prism ABC is turned about its Axis according to the order
    of the Letters ABC, the Rays MH emerge more and more obliquely out of
    that Prism, and at length after their most oblique Emergence are
    reflected towards N, and going on to _p_ do increase the Number of the
    Rays N_p_. Afterwards by continuing the Motion of the first Prism, the
    Rays MG are also reflected to N and increase the number of the Rays
    N_t_. And therefore the Light MN admits into its Composition, first the
    more refrangible Rays, and then the less refrangible Rays, and yet after
    this Composition is of the same Nature with the Sun's immediate Light
    FM, the Reflexion of the specular Base BC causing no Alteration therein.

    _Exper._ 10. Two Prisms, which were alike in Shape, I tied so together,
    that their Axis and opposite Sides being parallel, they composed a
    Parallelopiped. And, the Sun shining into my dark Chamber through a
    little hole in the Window-shut, I placed that Parallelopiped in his beam
    at some distance from the hole, in such a Posture, that the Axes of the
    Prisms might be perpendicular to the incident Rays, and that those Rays
    being incident upon the first Side of one Prism, might go on through the
    two contiguous Sides of both Prisms, and emerge out of the last Side of
    the second Prism. This Side being parallel to the first Side of the
    first Prism, caused the emerging Light to be parallel to the incident.
    Then, beyond these two Prisms I placed a third, which might refract that
    emergent Light, and by that Refraction cast the usual Colours of the
    Prism upon the opposite Wall, or upon a sheet of white Paper held at a
    convenient Distance behind the Prism for that refracted Light to fall
    upon it. After this I turned the Parallelopiped about its Axis, and
    found that when the contiguous Sides of the two Prisms became so oblique
    to the incident Rays, that those Rays began all of them to be
    reflected, those Rays which in the third Prism had suffered the greatest
    Refraction, and painted the Paper with violet and blue, were first of
    all by a total Reflexion taken out of the transmitted Light, the rest
    remaining and on the Paper painting their Colours of green, yellow,
    orange and red, as before; and afterwards by continuing the Motion of
    the two Prisms, the rest of the Rays also by a total Reflexion vanished
    in order, according to their degrees of Refrangibility. The Light
    therefore which emerged out of the two Prisms is compounded of Rays
    differently refrangible, seeing the more refrangible Rays may be taken
    out of it, while the less refrangible remain. But this Light being
    trajected only through the parallel Superficies of the two Prisms, if it
    suffer'd any change by the Refraction of one Superficies it lost that
    Impression by the contrary Refraction of the other Superficies, and so
    being restor'd to its pristine Constitution, became of the same Nature
    and Condition as at first before its Incidence on those Prisms; and
    therefore, before its Incidence, was as much compounded of Rays
    differently refrangible, as afterwards.

    _Illustration._ In the twenty second Figure ABC and BCD are the two
    Prisms tied together in the form of a Parallelopiped, their Sides BC and
    CB being contiguous, and their Sides AB and CD parallel. And HJK is the
    third Prism, by which the Sun's Light propagated through the hole F into
    the dark Chamber, and there passing through those sides of the Prisms
    AB, BC, CB and CD, is refracted at O to the white Paper PT, falling
    there partly upon P by a greater Refraction, partly upon T by a less
    Refraction, and partly upon R and other intermediate places by
    intermediate Refractions. By turning the Parallelopiped ACBD about its
    Axis, according to the order of the Letters A, C, D, B, at length when
    the contiguous Planes BC and CB become sufficiently oblique to the Rays
    FM, which are incident upon them at M, there will vanish totally out of
    the refracted Light OPT, first of all the most refracted Rays OP, (the
    rest OR and OT remaining as before) then the Rays OR and other
    intermediate ones, and lastly, the least refracted Rays OT. For when
    the Plane BC becomes sufficiently oblique to the Rays incident upon it,
    those Rays will begin to be totally reflected by it towards N; and first
    the most refrangible Rays will be totally reflected (as was explained in
    the preceding Experiment) and by Consequence must first disappear at P,
    and afterwards the rest as they are in order totally reflected to N,
    they must disappear in the same order at R and T. So then the Rays which
    at O suffer the greatest Refraction, may be taken out of the Light MO
    whilst the rest of the Rays remain in it, and therefore that Light MO is
    compounded of Rays differently refrangible. And because the Planes AB
    and CD are parallel, and therefore by equal and contrary Refractions
    destroy one anothers Effects, the incident Light FM must be of the same
    Kind and Nature with the emergent Light MO, and therefore doth also
    consist of Rays differently refrangible. These two Lights FM and MO,
    before the most refrangible Rays are separated out of the emergent Light
    MO, agree in Colour, and in all other Properties so far as my
    Observation reaches, and therefore are deservedly reputed of the same
    Nature and Constitution, and by Consequence the one is compounded as
    well as the other. But after the most refrangible Rays begin to be
    totally reflected, and thereby separated out of the emergent Light MO,
    that Light changes its Colour from white to a dilute and faint yellow, a
    pretty good orange, a very full red successively, and then totally
    vanishes. For after the most refrangible Rays which paint the Paper at
    P with a purple Colour, are by a total Reflexion taken out of the beam
    of Light MO, the rest of the Colours which appear on the Paper at R and
    T being mix'd in the Light MO compound there a faint yellow, and after
    the blue and part of the green which appear on the Paper between P and R
    are taken away, the rest which appear between R and T (that is the
    yellow, orange, red and a little green) being mixed in the beam MO
    compound there an orange; and when all the Rays are by Reflexion taken
    out of the beam MO, except the least refrangible, which at T appear of a
    full red, their Colour is the same in that beam MO as afterwards at T,
    the Refraction of the Prism HJK serving only to separate the differently
    refrangible Rays, without making any Alteration in their Colours, as
    shall be more fully proved hereafter. All which confirms as well the
    first Proposition as the second.

    _Scholium._ If this Experiment and the former be conjoined and made one
    by applying a fourth Prism VXY [in _Fig._ 22.] to refract the reflected
    beam MN towards _tp_, the Conclusion will be clearer. For then the Light
    N_p_ which in the fourth Prism is more refracted, will become fuller and
    stronger when the Light OP, which in the third Prism HJK is more
    refracted, vanishes at P; and afterwards when the less refracted Light
    OT vanishes at T, the less refracted Light N_t_ will become increased
    whilst the more refracted Light at _p_ receives no farther increase. And
    as the trajected beam MO in vanishing is always of such a Colour as
    ought to result from the mixture of the Colours which fall upon the
    Paper PT, so is the reflected beam MN always of such a Colour as ought
    to result from the mixture of the Colours which fall upon the Paper
    _pt_. For when the most refrangible Rays are by a total Reflexion taken
    out of the beam MO, and leave that beam of an orange Colour, the Excess
    of those Rays in the reflected Light, does not only make the violet,
    indigo and blue at _p_ more full, but also makes the beam MN change from
    the yellowish Colour of the Sun's Light, to a pale white inclining to
    blue, and afterward recover its yellowish Colour again, so soon as all
    the rest of the transmitted Light MOT is reflected.

    Now seeing that in all this variety of Experiments, whether the Trial be
    made in Light reflected, and that either from natural Bodies, as in the
    first and second Experiment, or specular, as in the ninth; or in Light
    refracted, and that either before the unequally refracted Rays are by
    diverging separated from one another, and losing their whiteness which
    they have altogether, appear severally of several Colours, as in the
    fifth Experiment; or after they are separated from one another, and
    appear colour'd as in the sixth, seventh, and eighth Experiments; or in
    Light trajected through parallel Superficies, destroying each others
    Effects, as in the tenth Experiment; there are always found Rays, which
    at equal Incidences on the same Medium suffer unequal Refractions, and
    that without any splitting or dilating of single Rays, or contingence in
    the inequality of the Refractions, as is proved in the fifth and sixth
    Experiments. And seeing the Rays which differ in Refrangibility may be
    parted and sorted from one another, and that either by Refraction as in
    the third Experiment, or by Reflexion as in the tenth, and then the
    several sorts apart at equal Incidences suffer unequal Refractions, and
    those sorts are more refracted than others after Separation, which were
    more refracted before it, as in the sixth and following Experiments, and
    if the Sun's Light be trajected through three or more cross Prisms
    successively, those Rays which in the first Prism are refracted more
    than others, are in all the following Prisms refracted more than others
    in the same Rate and Proportion, as appears by the fifth Experiment;
    it's manifest that the Sun's Light is an heterogeneous Mixture of Rays,
    some of which are constantly more refrangible than others, as was
    proposed.

    _PROP._ III. THEOR. III.

    _The Sun's Light consists of Rays differing in Reflexibility, and those
    Rays are more reflexible than others which are more refrangible._

    This is manifest by the ninth and tenth Experiments: For in the ninth
    Experiment, by turning the Prism about its Axis, until the Rays within
    it which in going out into the Air were refracted by its Base, became so
    oblique to that Base, as to begin to be totally reflected thereby; those
    Rays became first of all totally reflected, which before at equal
    Incidences with the rest had suffered the greatest Refraction. And the
    same thing happens in the Reflexion made by the common Base of the two
    Prisms in the tenth Experiment.

    _PROP._ IV. PROB. I.

    _To separate from one another the heterogeneous Rays of compound Light._

    The heterogeneous Rays are in some measure separated from one another by
    the Refraction of the Prism in the third Experiment, and in the fifth
    Experiment, by taking away the Penumbra from the rectilinear sides of
    the coloured Image, that Separation in those very rectilinear sides or
    straight edges of the Image becomes perfect. But in all places between
    those rectilinear edges, those innumerable Circles there described,
    which are severally illuminated by homogeneal Rays, by interfering with
    one another, and being every where commix'd, do render the Light
    sufficiently compound. But if these Circles, whilst their Centers keep
    their Distances and Positions, could be made less in Diameter, their
    interfering one with another, and by Consequence the Mixture of the
    heterogeneous Rays would be proportionally diminish'd. In the twenty
    third Figure let AG, BH, CJ, DK, EL, FM be the Circles which so many
    sorts of Rays flowing from the same disque of the Sun, do in the third
    Experiment illuminate; of all which and innumerable other intermediate
    ones lying in a continual Series between the two rectilinear and
    parallel edges of the Sun's oblong Image PT, that Image is compos'd, as
    was explained in the fifth Experiment. And let _ag_, _bh_, _ci_, _dk_,
    _el_, _fm_ be so many less Circles lying in a like continual Series
    between two parallel right Lines _af_ and _gm_ with the same distances
    between their Centers, and illuminated by the same sorts of Rays, that
    is the Circle _ag_ with the same sort by which the corresponding Circle
    AG was illuminated, and the Circle _bh_ with the same sort by which the
    corresponding Circle BH was illuminated, and the rest of the Circles
    _ci_, _dk_, _el_, _fm_ respectively, with the same sorts of Rays by
    which the several corresponding Circles CJ, DK, EL, FM were illuminated.
    In the Figure PT composed of the greater Circles, three of those Circles
    AG, BH, CJ, are so expanded into one another, that the three sorts of
    Rays by which those Circles are illuminated, together with other
    innumerable sorts of intermediate Rays, are mixed at QR in the middle
    of the Circle BH. And the like Mixture happens throughout almost the
    whole length of the Figure PT. But in the Figure _pt_ composed of the
    less Circles, the three less Circles _ag_, _bh_, _ci_, which answer to
    those three greater, do not extend into one another; nor are there any
    where mingled so much as any two of the three sorts of Rays by which
    those Circles are illuminated, and which in the Figure PT are all of
    them intermingled at BH.

    Now he that shall thus consider it, will easily understand that the
    Mixture is diminished in the same Proportion with the Diameters of the
    Circles. If the Diameters of the Circles whilst their Centers remain the
    same, be made three times less than before, the Mixture will be also
    three times less; if ten times less, the Mixture will be ten times less,
    and so of other Proportions. That is, the Mixture of the Rays in the
    greater Figure PT will be to their Mixture in the less _pt_, as the
    Latitude of the greater Figure is to the Latitude of the less. For the
    Latitudes of these Figures are equal to the Diameters of their Circles.
    And hence it easily follows, that the Mixture of the Rays in the
    refracted Spectrum _pt_ is to the Mixture of the Rays in the direct and
    immediate Light of the Sun, as the breadth of that Spectrum is to the
    difference between the length and breadth of the same Spectrum.

    So then, if we would diminish the Mixture of the Rays, we are to
    diminish the Diameters of the Circles. Now these would be diminished if
    the Sun's Diameter to which they answer could be made less than it is,
    or (which comes to the same Purpose) if without Doors, at a great
    distance from the Prism towards the Sun, some opake Body were placed,
    with a round hole in the middle of it, to intercept all the Sun's Light,
    excepting so much as coming from the middle of his Body could pass
    through that Hole to the Prism. For so the Circles AG, BH, and the rest,
    would not any longer answer to the whole Disque of the Sun, but only to
    that Part of it which could be seen from the Prism through that Hole,
    that it is to the apparent Magnitude of that Hole view'd from the Prism.
    But that these Circles may answer more distinctly to that Hole, a Lens
    is to be placed by the Prism to cast the Image of the Hole, (that is,
    every one of the Circles AG, BH, &c.) distinctly upon the Paper at PT,
    after such a manner, as by a Lens placed at a Window, the Species of
    Objects abroad are cast distinctly upon a Paper within the Room, and the
    rectilinear Sides of the oblong Solar Image in the fifth Experiment
    became distinct without any Penumbra. If this be done, it will not be
    necessary to place that Hole very far off, no not beyond the Window. And
    therefore instead of that Hole, I used the Hole in the Window-shut, as
    follows.

    _Exper._ 11. In the Sun's Light let into my darken'd Chamber through a
    small round Hole in my Window-shut, at about ten or twelve Feet from the
    Window, I placed a Lens, by which the Image of the Hole might be
    distinctly cast upon a Sheet of white Paper, placed at the distance of
    six, eight, ten, or twelve Feet from the Lens. For, according to the
    difference of the Lenses I used various distances, which I think not
    worth the while to describe. Then immediately after the Lens I placed a
    Prism, by which the trajected Light might be refracted either upwards or
    sideways, and thereby the round Image, which the Lens alone did cast
    upon the Paper might be drawn out into a long one with Parallel Sides,
    as in the third Experiment. This oblong Image I let fall upon another
    Paper at about the same distance from the Prism as before, moving the
    Paper either towards the Prism or from it, until I found the just
    distance where the Rectilinear Sides of the Image became most distinct.
    For in this Case, the Circular Images of the Hole, which compose that
    Image after the same manner that the Circles _ag_, _bh_, _ci_, &c. do
    the Figure _pt_ [in _Fig._ 23.] were terminated most distinctly without
    any Penumbra, and therefore extended into one another the least that
    they could, and by consequence the Mixture of the heterogeneous Rays was
    now the least of all. By this means I used to form an oblong Image (such
    as is _pt_) [in _Fig._ 23, and 24.] of Circular Images of the Hole,
    (such as are _ag_, _bh_, _ci_, &c.) and by using a greater or less Hole
    in the Window-shut, I made the Circular Images _ag_, _bh_, _ci_, &c. of
    which it was formed, to become greater or less at pleasure, and thereby
    the Mixture of the Rays in the Image _pt_ to be as much, or as little as
    I desired.

    _Illustration._ In the twenty-fourth Figure, F represents the Circular
    Hole in the Window-shut, MN the Lens, whereby the Image or Species of
    that Hole is cast distinctly upon a Paper at J, ABC the Prism, whereby
    the Rays are at their emerging out of the Lens refracted from J towards
    another Paper at _pt_, and the round Image at J is turned into an oblong
    Image _pt_ falling on that other Paper. This Image _pt_ consists of
    Circles placed one after another in a Rectilinear Order, as was
    sufficiently explained in the fifth Experiment; and these Circles are
    equal to the Circle J, and consequently answer in magnitude to the Hole
    F; and therefore by diminishing that Hole they may be at pleasure
    diminished, whilst their Centers remain in their Places. By this means I
    made the Breadth of the Image _pt_ to be forty times, and sometimes
    sixty or seventy times less than its Length. As for instance, if the
    Breadth of the Hole F be one tenth of an Inch, and MF the distance of
    the Lens from the Hole be 12 Feet; and if _p_B or _p_M the distance of
    the Image _pt_ from the Prism or Lens be 10 Feet, and the refracting
    Angle of the Prism be 62 Degrees, the Breadth of the Image _pt_ will be
    one twelfth of an Inch, and the Length about six Inches, and therefore
    the Length to the Breadth as 72 to 1, and by consequence the Light of
    this Image 71 times less compound than the Sun's direct Light. And Light
    thus far simple and homogeneal, is sufficient for trying all the
    Experiments in this Book about simple Light. For the Composition of
    heterogeneal Rays is in this Light so little, that it is scarce to be
    discovered and perceiv'd by Sense, except perhaps in the indigo and
    violet. For these being dark Colours do easily suffer a sensible Allay
    by that little scattering Light which uses to be refracted irregularly
    by the Inequalities of the Prism.

    Yet instead of the Circular Hole F, 'tis better to substitute an oblong
    Hole shaped like a long Parallelogram with its Length parallel to the
    Prism ABC. For if this Hole be an Inch or two long, and but a tenth or
    twentieth Part of an Inch broad, or narrower; the Light of the Image
    _pt_ will be as simple as before, or simpler, and the Image will become
    much broader, and therefore more fit to have Experiments try'd in its
    Light than before.

    Instead of this Parallelogram Hole may be substituted a triangular one
    of equal Sides, whose Base, for instance, is about the tenth Part of an
    Inch, and its Height an Inch or more. For by this means, if the Axis of
    the Prism be parallel to the Perpendicular of the Triangle, the Image
    _pt_ [in _Fig._ 25.] will now be form'd of equicrural Triangles _ag_,
    _bh_, _ci_, _dk_, _el_, _fm_, &c. and innumerable other intermediate
    ones answering to the triangular Hole in Shape and Bigness, and lying
    one after another in a continual Series between two Parallel Lines _af_
    and _gm_. These Triangles are a little intermingled at their Bases, but
    not at their Vertices; and therefore the Light on the brighter Side _af_
    of the Image, where the Bases of the Triangles are, is a little
    compounded, but on the darker Side _gm_ is altogether uncompounded, and
    in all Places between the Sides the Composition is proportional to the
    distances of the Places from that obscurer Side _gm_. And having a
    Spectrum _pt_ of such a Composition, we may try Experiments either in
    its stronger and less simple Light near the Side _af_, or in its weaker
    and simpler Light near the other Side _gm_, as it shall seem most
    convenient.

    But in making Experiments of this kind, the Chamber ought to be made as
    dark as can be, lest any Foreign Light mingle it self with the Light of
    the Spectrum _pt_, and render it compound; especially if we would try
    Experiments in the more simple Light next the Side _gm_ of the Spectrum;
    which being fainter, will have a less proportion to the Foreign Light;
    and so by the mixture of that Light be more troubled, and made more
    compound. The Lens also ought to be good, such as may serve for optical
    Uses, and the Prism ought to have a large Angle, suppose of 65 or 70
    Degrees, and to be well wrought, being made of Glass free from Bubbles
    and Veins, with its Sides not a little convex or concave, as usually
    happens, but truly plane, and its Polish elaborate, as in working
    Optick-glasses, and not such as is usually wrought with Putty, whereby
    the edges of the Sand-holes being worn away, there are left all over the
    Glass a numberless Company of very little convex polite Risings like
    Waves. The edges also of the Prism and Lens, so far as they may make any
    irregular Refraction, must be covered with a black Paper glewed on. And
    all the Light of the Sun's Beam let into the Chamber, which is useless
    and unprofitable to the Experiment, ought to be intercepted with black
    Paper, or other black Obstacles. For otherwise the useless Light being
    reflected every way in the Chamber, will mix with the oblong Spectrum,
    and help to disturb it. In trying these Things, so much diligence is not
    altogether necessary, but it will promote the Success of the
    Experiments, and by a very scrupulous Examiner of Things deserves to be
    apply'd. It's difficult to get Glass Prisms fit for this Purpose, and
    therefore I used sometimes prismatick Vessels made with pieces of broken
    Looking-glasses, and filled with Rain Water. And to increase the
    Refraction, I sometimes impregnated the Water strongly with _Saccharum
    Saturni_.

    _PROP._ V. THEOR. IV.

    _Homogeneal Light is refracted regularly without any Dilatation
    splitting or shattering of the Rays, and the confused Vision of Objects
    seen through refracting Bodies by heterogeneal Light arises from the
    different Refrangibility of several sorts of Rays._

    The first Part of this Proposition has been already sufficiently proved
    in the fifth Experiment, and will farther appear by the Experiments
    which follow.

    _Exper._ 12. In the middle of a black Paper I made a round Hole about a
    fifth or sixth Part of an Inch in diameter. Upon this Paper I caused the
    Spectrum of homogeneal Light described in the former Proposition, so to
    fall, that some part of the Light might pass through the Hole of the
    Paper. This transmitted part of the Light I refracted with a Prism
    placed behind the Paper, and letting this refracted Light fall
    perpendicularly upon a white Paper two or three Feet distant from the
    Prism, I found that the Spectrum formed on the Paper by this Light was
    not oblong, as when 'tis made (in the third Experiment) by refracting
    the Sun's compound Light, but was (so far as I could judge by my Eye)
    perfectly circular, the Length being no greater than the Breadth. Which
    shews, that this Light is refracted regularly without any Dilatation of
    the Rays.

    _Exper._ 13. In the homogeneal Light I placed a Paper Circle of a
    quarter of an Inch in diameter, and in the Sun's unrefracted
    heterogeneal white Light I placed another Paper Circle of the same
    Bigness. And going from the Papers to the distance of some Feet, I
    viewed both Circles through a Prism. The Circle illuminated by the Sun's
    heterogeneal Light appeared very oblong, as in the fourth Experiment,
    the Length being many times greater than the Breadth; but the other
    Circle, illuminated with homogeneal Light, appeared circular and
    distinctly defined, as when 'tis view'd with the naked Eye. Which proves
    the whole Proposition.

    _Exper._ 14. In the homogeneal Light I placed Flies, and such-like
    minute Objects, and viewing them through a Prism, I saw their Parts as
    distinctly defined, as if I had viewed them with the naked Eye. The same
    Objects placed in the Sun's unrefracted heterogeneal Light, which was
    white, I viewed also through a Prism, and saw them most confusedly
    defined, so that I could not distinguish their smaller Parts from one
    another. I placed also the Letters of a small print, one while in the
    homogeneal Light, and then in the heterogeneal, and viewing them through
    a Prism, they appeared in the latter Case so confused and indistinct,
    that I could not read them; but in the former they appeared so distinct,
    that I could read readily, and thought I saw them as distinct, as when I
    view'd them with my naked Eye. In both Cases I view'd the same Objects,
    through the same Prism at the same distance from me, and in the same
    Situation. There was no difference, but in the Light by which the
    Objects were illuminated, and which in one Case was simple, and in the
    other compound; and therefore, the distinct Vision in the former Case,
    and confused in the latter, could arise from nothing else than from that
    difference of the Lights. Which proves the whole Proposition.

    And in these three Experiments it is farther very remarkable, that the
    Colour of homogeneal Light was never changed by the Refraction.

    _PROP._ VI. THEOR. V.

    _The Sine of Incidence of every Ray considered apart, is to its Sine of
    Refraction in a given Ratio._

    That every Ray consider'd apart, is constant to it self in some degree
    of Refrangibility, is sufficiently manifest out of what has been said.
    Those Rays, which in the first Refraction, are at equal Incidences most
    refracted, are also in the following Refractions at equal Incidences
    most refracted; and so of the least refrangible, and the rest which have
    any mean Degree of Refrangibility, as is manifest by the fifth, sixth,
    seventh, eighth, and ninth Experiments. And those which the first Time
    at like Incidences are equally refracted, are again at like Incidences
    equally and uniformly refracted, and that whether they be refracted
    before they be separated from one another, as in the fifth Experiment,
    or whether they be refracted apart, as in the twelfth, thirteenth and
    fourteenth Experiments. The Refraction therefore of every Ray apart is
    regular, and what Rule that Refraction observes we are now to shew.[E]

    The late Writers in Opticks teach, that the Sines of Incidence are in a
    given Proportion to the Sines of Refraction, as was explained in the
    fifth Axiom, and some by Instruments fitted for measuring of
    Refractions, or otherwise experimentally examining this Proportion, do
    acquaint us that they have found it accurate. But whilst they, not
    understanding the different Refrangibility of several Rays, conceived
    them all to be refracted according to one and the same Proportion, 'tis
    to be presumed that they adapted their Measures only to the middle of
    the refracted Light; so that from their Measures we may conclude only
    that the Rays which have a mean Degree of Refrangibility, that is, those
    which when separated from the rest appear green, are refracted according
    to a given Proportion of their Sines. And therefore we are now to shew,
    that the like given Proportions obtain in all the rest. That it should
    be so is very reasonable, Nature being ever conformable to her self; but
    an experimental Proof is desired. And such a Proof will be had, if we
    can shew that the Sines of Refraction of Rays differently refrangible
    are one to another in a given Proportion when their Sines of Incidence
    are equal. For, if the Sines of Refraction of all the Rays are in given
    Proportions to the Sine of Refractions of a Ray which has a mean Degree
    of Refrangibility, and this Sine is in a given Proportion to the equal
    Sines of Incidence, those other Sines of Refraction will also be in
    given Proportions to the equal Sines of Incidence. Now, when the Sines
    of Incidence are equal, it will appear by the following Experiment, that
    the Sines of Refraction are in a given Proportion to one another.

    _Exper._ 15. The Sun shining into a dark Chamber through a little round
    Hole in the Window-shut, let S [in _Fig._ 26.] represent his round white
    Image painted on the opposite Wall by his direct Light, PT his oblong
    coloured Image made by refracting that Light with a Prism placed at the
    Window; and _pt_, or _2p 2t_, _3p 3t_, his oblong colour'd Image made by
    refracting again the same Light sideways with a second Prism placed
    immediately after the first in a cross Position to it, as was explained
    in the fifth Experiment; that is to say, _pt_ when the Refraction of the
    second Prism is small, _2p 2t_ when its Refraction is greater, and _3p
    3t_ when it is greatest. For such will be the diversity of the
    Refractions, if the refracting Angle of the second Prism be of various
    Magnitudes; suppose of fifteen or twenty Degrees to make the Image _pt_,
    of thirty or forty to make the Image _2p 2t_, and of sixty to make the
    Image _3p 3t_. But for want of solid Glass Prisms with Angles of
    convenient Bignesses, there may be Vessels made of polished Plates of
    Glass cemented together in the form of Prisms and filled with Water.
    These things being thus ordered, I observed that all the solar Images or
    coloured Spectrums PT, _pt_, _2p 2t_, _3p 3t_ did very nearly converge
    to the place S on which the direct Light of the Sun fell and painted his
    white round Image when the Prisms were taken away. The Axis of the
    Spectrum PT, that is the Line drawn through the middle of it parallel to
    its rectilinear Sides, did when produced pass exactly through the middle
    of that white round Image S. And when the Refraction of the second Prism
    was equal to the Refraction of the first, the refracting Angles of them
    both being about 60 Degrees, the Axis of the Spectrum _3p 3t_ made by
    that Refraction, did when produced pass also through the middle of the
    same white round Image S. But when the Refraction of the second Prism
    was less than that of the first, the produced Axes of the Spectrums _tp_
    or _2t 2p_ made by that Refraction did cut the produced Axis of the
    Spectrum TP in the points _m_ and _n_, a little beyond the Center of
    that white round Image S. Whence the proportion of the Line 3_t_T to the
    Line 3_p_P was a little greater than the Proportion of 2_t_T or 2_p_P,
    and this Proportion a little greater than that of _t_T to _p_P. Now when
    the Light of the Spectrum PT falls perpendicularly upon the Wall, those
    Lines 3_t_T, 3_p_P, and 2_t_T, and 2_p_P, and _t_T, _p_P, are the
    Tangents of the Refractions, and therefore by this Experiment the
    Proportions of the Tangents of the Refractions are obtained, from whence
    the Proportions of the Sines being derived, they come out equal, so far
    as by viewing the Spectrums, and using some mathematical Reasoning I
    could estimate. For I did not make an accurate Computation. So then the
    Proposition holds true in every Ray apart, so far as appears by
    Experiment. And that it is accurately true, may be demonstrated upon
    this Supposition. _That Bodies refract Light by acting upon its Rays in
    Lines perpendicular to their Surfaces._ But in order to this
    Demonstration, I must distinguish the Motion of every Ray into two
    Motions, the one perpendicular to the refracting Surface, the other
    parallel to it, and concerning the perpendicular Motion lay down the
    following Proposition.

    If any Motion or moving thing whatsoever be incident with any Velocity
    on any broad and thin space terminated on both sides by two parallel
    Planes, and in its Passage through that space be urged perpendicularly
    towards the farther Plane by any force which at given distances from the
    Plane is of given Quantities; the perpendicular velocity of that Motion
    or Thing, at its emerging out of that space, shall be always equal to
    the square Root of the sum of the square of the perpendicular velocity
    of that Motion or Thing at its Incidence on that space; and of the
    square of the perpendicular velocity which that Motion or Thing would
    have at its Emergence, if at its Incidence its perpendicular velocity
    was infinitely little.

    And the same Proposition holds true of any Motion or Thing
    perpendicularly retarded in its passage through that space, if instead
    of the sum of the two Squares you take their difference. The
    Demonstration Mathematicians will easily find out, and therefore I shall
    not trouble the Reader with it.

    Suppose now that a Ray coming most obliquely in the Line MC [in _Fig._
    1.] be refracted at C by the Plane RS into the Line CN, and if it be
    required to find the Line CE, into which any other Ray AC shall be
    refracted; let MC, AD, be the Sines of Incidence of the two Rays, and
    NG, EF, their Sines of Refraction, and let the equal Motions of the
    incident Rays be represented by the equal Lines MC and AC, and the
    Motion MC being considered as parallel to the refracting Plane, let the
    other Motion AC be distinguished into two Motions AD and DC, one of
    which AD is parallel, and the other DC perpendicular to the refracting
    Surface. In like manner, let the Motions of the emerging Rays be
    distinguish'd into two, whereof the perpendicular ones are MC/NG x CG
    and AD/EF x CF. And if the force of the refracting Plane begins to act
    upon the Rays either in that Plane or at a certain distance from it on
    the one side, and ends at a certain distance from it on the other side,
    and in all places between those two limits acts upon the Rays in Lines
    perpendicular to that refracting Plane, and the Actions upon the Rays at
    equal distances from the refracting Plane be equal, and at unequal ones
    either equal or unequal according to any rate whatever; that Motion of
    the Ray which is parallel to the refracting Plane, will suffer no
    Alteration by that Force; and that Motion which is perpendicular to it
    will be altered according to the rule of the foregoing Proposition. If
    therefore for the perpendicular velocity of the emerging Ray CN you
    write MC/NG x CG as above, then the perpendicular velocity of any other
    emerging Ray CE which was AD/EF x CF, will be equal to the square Root
    of CD_q_ + (_MCq/NGq_ x CG_q_). And by squaring these Equals, and adding
    to them the Equals AD_q_ and MC_q_ - CD_q_, and dividing the Sums by the
    Equals CF_q_ + EF_q_ and CG_q_ + NG_q_, you will have _MCq/NGq_ equal to
    _ADq/EFq_. Whence AD, the Sine of Incidence, is to EF the Sine of
    Refraction, as MC to NG, that is, in a given _ratio_. And this
    Demonstration being general, without determining what Light is, or by
    what kind of Force it is refracted, or assuming any thing farther than
    that the refracting Body acts upon the Rays in Lines perpendicular to
    its Surface; I take it to be a very convincing Argument of the full
    truth of this Proposition.

    So then, if the _ratio_ of the Sines of Incidence and Refraction of any
    sort of Rays be found in any one case, 'tis given in all cases; and this
    may be readily found by the Method in the following Proposition.

    _PROP._ VII. THEOR. VI.

    _The Perfection of Telescopes is impeded by the different Refrangibility
    of the Rays of Light._

    The Imperfection of Telescopes is vulgarly attributed to the spherical
    Figures of the Glasses, and therefore Mathematicians have propounded to
    figure them by the conical Sections. To shew that they are mistaken, I
    have inserted this Proposition; the truth of which will appear by the
    measure of the Refractions of the several sorts of Rays; and these
    measures I thus determine.

    In the third Experiment of this first Part, where the refracting Angle
    of the Prism was 62-1/2 Degrees, the half of that Angle 31 deg. 15 min.
    is the Angle of Incidence of the Rays at their going out of the Glass
    into the Air[F]; and the Sine of this Angle is 5188, the Radius being
    10000. When the Axis of this Prism was parallel to the Horizon, and the
    Refraction of the Rays at their Incidence on this Prism equal to that at
    their Emergence out of it, I observed with a Quadrant the Angle which
    the mean refrangible Rays, (that is those which went to the middle of
    the Sun's coloured Image) made with the Horizon, and by this Angle and
    the Sun's altitude observed at the same time, I found the Angle which
    the emergent Rays contained with the incident to be 44 deg. and 40 min.
    and the half of this Angle added to the Angle of Incidence 31 deg. 15
    min. makes the Angle of Refraction, which is therefore 53 deg. 35 min.
    and its Sine 8047. These are the Sines of Incidence and Refraction of
    the mean refrangible Rays, and their Proportion in round Numbers is 20
    to 31. This Glass was of a Colour inclining to green. The last of the
    Prisms mentioned in the third Experiment was of clear white Glass. Its
    refracting Angle 63-1/2 Degrees. The Angle which the emergent Rays
    contained, with the incident 45 deg. 50 min. The Sine of half the first
    Angle 5262. The Sine of half the Sum of the Angles 8157. And their
    Proportion in round Numbers 20 to 31, as before.

    From the Length of the Image, which was about 9-3/4 or 10 Inches,
    subduct its Breadth, which was 2-1/8 Inches, and the Remainder 7-3/4
    Inches would be the Length of the Image were the Sun but a Point, and
    therefore subtends the Angle which the most and least refrangible Rays,
    when incident on the Prism in the same Lines, do contain with one
    another after their Emergence. Whence this Angle is 2 deg. 0'. 7''. For
    the distance between the Image and the Prism where this Angle is made,
    was 18-1/2 Feet, and at that distance the Chord 7-3/4 Inches subtends an
    Angle of 2 deg. 0'. 7''. Now half this Angle is the Angle which these
    emergent Rays contain with the emergent mean refrangible Rays, and a
    quarter thereof, that is 30'. 2''. may be accounted the Angle which they
    would contain with the same emergent mean refrangible Rays, were they
    co-incident to them within the Glass, and suffered no other Refraction
    than that at their Emergence. For, if two equal Refractions, the one at
    the Incidence of the Rays on the Prism, the other at their Emergence,
    make half the Angle 2 deg. 0'. 7''. then one of those Refractions will
    make about a quarter of that Angle, and this quarter added to, and
    subducted from the Angle of Refraction of the mean refrangible Rays,
    which was 53 deg. 35', gives the Angles of Refraction of the most and
    least refrangible Rays 54 deg. 5' 2'', and 53 deg. 4' 58'', whose Sines
    are 8099 and 7995, the common Angle of Incidence being 31 deg. 15', and
    its Sine 5188; and these Sines in the least round Numbers are in
    proportion to one another, as 78 and 77 to 50.

    Now, if you subduct the common Sine of Incidence 50 from the Sines of
    Refraction 77 and 78, the Remainders 27 and 28 shew, that in small
    Refractions the Refraction of the least refrangible Rays is to the
    Refraction of the most refrangible ones, as 27 to 28 very nearly, and
    that the difference of the Refractions of the least refrangible and most
    refrangible Rays is about the 27-1/2th Part of the whole Refraction of
    the mean refrangible Rays.

    Whence they that are skilled in Opticks will easily understand,[G] that
    the Breadth of the least circular Space, into which Object-glasses of
    Telescopes can collect all sorts of Parallel Rays, is about the 27-1/2th
    Part of half the Aperture of the Glass, or 55th Part of the whole
    Aperture; and that the Focus of the most refrangible Rays is nearer to
    the Object-glass than the Focus of the least refrangible ones, by about
    the 27-1/2th Part of the distance between the Object-glass and the Focus
    of the mean refrangible ones.

    And if Rays of all sorts, flowing from any one lucid Point in the Axis
    of any convex Lens, be made by the Refraction of the Lens to converge to
    Points not too remote from the Lens, the Focus of the most refrangible
    Rays shall be nearer to the Lens than the Focus of the least refrangible
    ones, by a distance which is to the 27-1/2th Part of the distance of the
    Focus of the mean refrangible Rays from the Lens, as the distance
    between that Focus and the lucid Point, from whence the Rays flow, is to
    the distance between that lucid Point and the Lens very nearly.

    Now to examine whether the Difference between the Refractions, which the
    most refrangible and the least refrangible Rays flowing from the same
    Point suffer in the Object-glasses of Telescopes and such-like Glasses,
    be so great as is here described, I contrived the following Experiment.

    _Exper._ 16. The Lens which I used in the second and eighth Experiments,
    being placed six Feet and an Inch distant from any Object, collected the
    Species of that Object by the mean refrangible Rays at the distance of
    six Feet and an Inch from the Lens on the other side. And therefore by
    the foregoing Rule, it ought to collect the Species of that Object by
    the least refrangible Rays at the distance of six Feet and 3-2/3 Inches
    from the Lens, and by the most refrangible ones at the distance of five
    Feet and 10-1/3 Inches from it: So that between the two Places, where
    these least and most refrangible Rays collect the Species, there may be
    the distance of about 5-1/3 Inches. For by that Rule, as six Feet and an
    Inch (the distance of the Lens from the lucid Object) is to twelve Feet
    and two Inches (the distance of the lucid Object from the Focus of the
    mean refrangible Rays) that is, as One is to Two; so is the 27-1/2th
    Part of six Feet and an Inch (the distance between the Lens and the same
    Focus) to the distance between the Focus of the most refrangible Rays
    and the Focus of the least refrangible ones, which is therefore 5-17/55
    Inches, that is very nearly 5-1/3 Inches. Now to know whether this
    Measure was true, I repeated the second and eighth Experiment with
    coloured Light, which was less compounded than that I there made use of:
    For I now separated the heterogeneous Rays from one another by the
    Method I described in the eleventh Experiment, so as to make a coloured
    Spectrum about twelve or fifteen Times longer than broad. This Spectrum
    I cast on a printed Book, and placing the above-mentioned Lens at the
    distance of six Feet and an Inch from this Spectrum to collect the
    Species of the illuminated Letters at the same distance on the other
    side, I found that the Species of the Letters illuminated with blue were
    nearer to the Lens than those illuminated with deep red by about three
    Inches, or three and a quarter; but the Species of the Letters
    illuminated with indigo and violet appeared so confused and indistinct,
    that I could not read them: Whereupon viewing the Prism, I found it was
    full of Veins running from one end of the Glass to the other; so that
    the Refraction could not be regular. I took another Prism therefore
    which was free from Veins, and instead of the Letters I used two or
    three Parallel black Lines a little broader than the Strokes of the
    Letters, and casting the Colours upon these Lines in such manner, that
    the Lines ran along the Colours from one end of the Spectrum to the
    other, I found that the Focus where the indigo, or confine of this
    Colour and violet cast the Species of the black Lines most distinctly,
    to be about four Inches, or 4-1/4 nearer to the Lens than the Focus,
    where the deepest red cast the Species of the same black Lines most
    distinctly. The violet was so faint and dark, that I could not discern
    the Species of the Lines distinctly by that Colour; and therefore
    considering that the Prism was made of a dark coloured Glass inclining
    to green, I took another Prism of clear white Glass; but the Spectrum of
    Colours which this Prism made had long white Streams of faint Light
    shooting out from both ends of the Colours, which made me conclude that
    something was amiss; and viewing the Prism, I found two or three little
    Bubbles in the Glass, which refracted the Light irregularly. Wherefore I
    covered that Part of the Glass with black Paper, and letting the Light
    pass through another Part of it which was free from such Bubbles, the
    Spectrum of Colours became free from those irregular Streams of Light,
    and was now such as I desired. But still I found the violet so dark and
    faint, that I could scarce see the Species of the Lines by the violet,
    and not at all by the deepest Part of it, which was next the end of the
    Spectrum. I suspected therefore, that this faint and dark Colour might
    be allayed by that scattering Light which was refracted, and reflected
    irregularly, partly by some very small Bubbles in the Glasses, and
    partly by the Inequalities of their Polish; which Light, tho' it was but
    little, yet it being of a white Colour, might suffice to affect the
    Sense so strongly as to disturb the Phaenomena of that weak and dark
    Colour the violet, and therefore I tried, as in the 12th, 13th, and 14th
    Experiments, whether the Light of this Colour did not consist of a
    sensible Mixture of heterogeneous Rays, but found it did not. Nor did
    the Refractions cause any other sensible Colour than violet to emerge
    out of this Light, as they would have done out of white Light, and by
    consequence out of this violet Light had it been sensibly compounded
    with white Light. And therefore I concluded, that the reason why I could
    not see the Species of the Lines distinctly by this Colour, was only
    the Darkness of this Colour, and Thinness of its Light, and its distance
    from the Axis of the Lens; I divided therefore those Parallel black
    Lines into equal Parts, by which I might readily know the distances of
    the Colours in the Spectrum from one another, and noted the distances of
    the Lens from the Foci of such Colours, as cast the Species of the Lines
    distinctly, and then considered whether the difference of those
    distances bear such proportion to 5-1/3 Inches, the greatest Difference
    of the distances, which the Foci of the deepest red and violet ought to
    have from the Lens, as the distance of the observed Colours from one
    another in the Spectrum bear to the greatest distance of the deepest red
    and violet measured in the Rectilinear Sides of the Spectrum, that is,
    to the Length of those Sides, or Excess of the Length of the Spectrum
    above its Breadth. And my Observations were as follows.

    When I observed and compared the deepest sensible red, and the Colour in
    the Confine of green and blue, which at the Rectilinear Sides of the
    Spectrum was distant from it half the Length of those Sides, the Focus
    where the Confine of green and blue cast the Species of the Lines
    distinctly on the Paper, was nearer to the Lens than the Focus, where
    the red cast those Lines distinctly on it by about 2-1/2 or 2-3/4
    Inches. For sometimes the Measures were a little greater, sometimes a
    little less, but seldom varied from one another above 1/3 of an Inch.
    For it was very difficult to define the Places of the Foci, without some
    little Errors. Now, if the Colours distant half the Length of the
    Image, (measured at its Rectilinear Sides) give 2-1/2 or 2-3/4
    Difference of the distances of their Foci from the Lens, then the
    Colours distant the whole Length ought to give 5 or 5-1/2 Inches
    difference of those distances.

    """#
