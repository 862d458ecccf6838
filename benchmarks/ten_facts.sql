-- The ten facts of ten_facts.py by the same rules, for DuckDB. MEMBERS stands for what is read.
WITH step_1 AS (
    SELECT
        *,
        "employer.kind" IN ('nhs-trust', 'nhs-board', 'hsc-trust', 'integrated-care-board',
            'primary-care-trust', 'special-health-authority') AS nhs,
        CASE
            WHEN "employer.kind" = 'police-force' THEN "employer.key"
            WHEN "employer.key" = 'mayors-office-for-policing-and-crime' THEN 'metropolitan-police'
        END AS force,
        CASE
            WHEN "employer.follows_national_pay" IS NOT NULL THEN "employer.follows_national_pay"
            WHEN "employer.nation" IN ('Wales', 'Northern Ireland') OR "employer.nation" = 'England'
                AND NOT "work.region" IN ('SE', 'EA') THEN true
            WHEN "employer.key" IN ('kent-county-council', 'surrey-county-council') THEN false
        END AS agreed
    FROM MEMBERS
),
step_2 AS (
    SELECT
        *,
        CASE
            WHEN force IN ('metropolitan-police', 'metropolitan-police-service',
                'city-of-london-police') THEN true
            WHEN force IS NOT NULL OR "employer.key" IS NOT NULL THEN false
        END AS london,
        CASE
            WHEN nhs AND "job.group" = 'agenda-for-change' AND "job.band" IN ('8a', '8b', '8c',
                '8d', '9') THEN true
            WHEN nhs AND "job.group" = 'very-senior-manager' THEN true
            WHEN nhs AND "job.group" = 'agenda-for-change' AND NOT "job.band" IN ('8a', '8b', '8c',
                '8d', '9') THEN false
        END AS mip
    FROM step_1
),
step_3 AS (
    SELECT
        *,
        CASE
            WHEN "employer.kind" = 'private-contractor' AND "employer.serves" = 'health' AND
                "job.group" != 'doctor-or-dentist' THEN 'health'
            WHEN nhs AND NOT "job.group" IN ('doctor-or-dentist', 'very-senior-manager') THEN
                'health'
            WHEN "employer.kind" IN ('gp-practice', 'social-enterprise') THEN 'health'
            WHEN "job.group" = 'very-senior-manager' AND nhs THEN 'health'
            WHEN "employer.key" = 'care-quality-commission' AND "employer.kind" = 'public-regulator'
                AND "employer.nation" = 'England' THEN 'local-government'
            WHEN "employer.kind" IN ('almo', 'council-owned-company') THEN 'local-government'
            WHEN "employer.kind" = 'private-contractor' AND "employer.serves" = 'local-government'
                THEN 'local-government'
            WHEN "employer.kind" IN ('council', 'combined-authority') AND NOT "job.group" IN
                ('firefighter', 'fire-middle-manager', 'brigade-manager') THEN 'local-government'
            WHEN "employer.kind" = 'education-authority' AND "employer.nation" = 'Northern Ireland'
                THEN 'local-government'
            WHEN "employer.kind" = 'fire-authority' AND NOT "job.group" IN ('firefighter',
                'fire-middle-manager', 'brigade-manager') THEN 'local-government'
            WHEN "employer.kind" IN ('fire-authority', 'council') AND "job.group" IN ('firefighter',
                'fire-middle-manager') THEN 'none'
            WHEN "employer.key" = 'food-standards-agency' AND "employer.kind" = 'public-regulator'
                AND ("employer.nation" IN ('England', 'Wales') OR "employer.nation" =
                'Northern Ireland' AND "job.group" = 'regulator-staff') THEN 'local-government'
            WHEN "employer.kind" IN ('further-education-college', 'sixth-form-college',
                'maintained-school', 'academy-trust') THEN 'local-government'
            WHEN "employer.kind" = 'private-contractor' AND "employer.serves" IN ('police',
                'probation') AND "employer.nation" IN ('England', 'Wales', 'Scotland') THEN
                'police-justice'
            WHEN "employer.nation" = 'Northern Ireland' AND ("employer.kind" IN ('police-force',
                'probation-service') OR "employer.kind" = 'private-contractor' AND "employer.serves"
                IN ('police', 'probation')) THEN 'none'
            WHEN "job.group" IN ('police-officer', 'special-constable') AND "employer.kind" =
                'police-force' THEN 'none'
            WHEN NOT "job.group" IN ('police-officer', 'special-constable') AND "employer.kind" IN
                ('police-force', 'police-and-crime-commissioner') AND "employer.nation" IN
                ('England', 'Wales', 'Scotland') AND (london OR "employer.kind" = 'police-force' AND
                "employer.key" = 'british-transport-police') THEN 'none'
            WHEN NOT "job.group" IN ('police-officer', 'special-constable') AND "employer.kind" IN
                ('police-force', 'police-and-crime-commissioner') AND "employer.nation" IN
                ('England', 'Wales', 'Scotland') AND NOT london AND NOT ("employer.kind" =
                'police-force' AND "employer.key" = 'british-transport-police') THEN
                'police-justice'
            WHEN "employer.nation" IN ('England', 'Wales') AND "employer.kind" IN
                ('probation-service', 'community-rehabilitation-company') OR "employer.nation" =
                'England' AND "employer.kind" = 'cafcass' THEN 'police-justice'
            WHEN "employer.kind" IN ('housing-association', 'voluntary-organisation') THEN
                'community'
            WHEN "employer.kind" = 'energy-company' THEN 'energy'
            WHEN "employer.kind" = 'university' THEN 'higher-education'
            WHEN "employer.kind" IN ('water-company', 'bus-company') THEN
                'water-environment-transport'
        END AS service_group
    FROM step_2
),
step_4 AS (
    SELECT
        *,
        CASE
            WHEN service_group = 'police-justice' AND "employer.kind" = 'private-contractor' AND
                "branch.is_joint" THEN 'joint'
            WHEN service_group = 'police-justice' AND "employer.kind" = 'private-contractor' AND
                "employer.serves" = 'police' AND NOT coalesce("branch.is_joint", false) THEN
                'police'
            WHEN service_group = 'police-justice' AND "employer.kind" = 'private-contractor' AND
                "employer.serves" = 'probation' AND NOT "branch.is_joint" THEN 'probation'
            WHEN "employer.kind" = 'nhs-board' AND "employer.nation" = 'Scotland' AND NOT mip THEN
                'health'
            WHEN service_group = 'police-justice' AND "branch.is_joint" AND ("employer.kind" IN
                ('police-force', 'police-and-crime-commissioner') OR "employer.kind" IN
                ('probation-service', 'community-rehabilitation-company')) THEN 'joint'
            WHEN service_group = 'local-government' AND "employer.kind" IN ('council',
                'maintained-school', 'academy-trust') AND "employer.nation" IN ('England', 'Wales',
                'Scotland') THEN 'local-government'
            WHEN service_group = 'health' AND mip THEN 'managers-in-partnership'
            WHEN "employer.kind" = 'nhs-trust' AND NOT mip THEN 'nhs-trust'
            WHEN service_group = 'police-justice' AND "employer.kind" IN ('police-force',
                'police-and-crime-commissioner') AND NOT coalesce("branch.is_joint", false) THEN
                'police'
            WHEN service_group = 'police-justice' AND "employer.kind" IN ('probation-service',
                'community-rehabilitation-company') AND NOT "branch.is_joint" THEN 'probation'
        END AS branch_type
    FROM step_3
),
step_5 AS (
    SELECT
        *,
        CASE
            WHEN "employer.kind" = 'cafcass' AND "job.group" = 'cafcass-staff' AND "employer.nation"
                = 'England' THEN 'NW'
            WHEN "employer.kind" = 'police-force' AND "employer.nation" = 'Scotland' AND "job.group"
                = 'police-staff' THEN 'SC'
            WHEN NOT ("employer.kind" = 'cafcass' AND "job.group" = 'cafcass-staff' AND
                "employer.nation" = 'England') AND NOT ("employer.kind" = 'police-force' AND
                "employer.nation" = 'Scotland' AND "job.group" = 'police-staff') AND branch_type IN
                ('health', 'joint', 'local-government', 'nhs-trust', 'police', 'probation') THEN
                "work.region"
        END AS region
    FROM step_4
)
SELECT
    key,
    service_group != 'none' AS organised,
    (service_group != 'none') IS NOT NULL AS "organised.known",
    service_group AS service_group,
    service_group IS NOT NULL AS "service_group.known",
    branch_type AS branch_type,
    branch_type IS NOT NULL AS "branch_type.known",
    CASE
        WHEN "employer.kind" = 'cafcass' AND "job.group" = 'cafcass-staff' AND "employer.nation"
            = 'England' THEN 'north-west-probation-and-cafcass'
        WHEN "employer.kind" = 'police-force' AND "employer.nation" = 'Scotland' AND "job.group"
            = 'police-staff' THEN 'unison-police-staff-scotland'
    END AS branch,
    CASE WHEN "employer.kind" = 'cafcass' AND "job.group" = 'cafcass-staff' AND
        "employer.nation" = 'England' THEN 'north-west-probation-and-cafcass' WHEN
        "employer.kind" = 'police-force' AND "employer.nation" = 'Scotland' AND "job.group" =
        'police-staff' THEN 'unison-police-staff-scotland' END IS NOT NULL AS "branch.known",
    region AS region,
    region IS NOT NULL AS "region.known",
    coalesce("job.group" = 'adult-social-care' AND "employer.nation" = 'England' AND
        NULL::BOOLEAN, false) AS "negotiating_bodies.ascnb",
    coalesce("employer.kind" IN ('cafcass', 'cafcass-cymru') AND "job.group" = 'cafcass-staff'
        AND "employer.nation" IN ('England', 'Wales') AND NOT ("employer.kind" = 'cafcass-cymru'
        OR "employer.nation" = 'Wales'), false) AS "negotiating_bodies.cafcass-jncf",
    coalesce("employer.kind" = 'education-authority' AND "employer.nation" = 'Northern Ireland'
        AND "job.group" IN ('local-government-services', 'school-support-staff'), false) AS
        "negotiating_bodies.ea-jnc",
    coalesce("employer.kind" = 'further-education-college' AND "job.group" =
        'further-education-support-staff' AND "employer.nation" = 'Wales', false) AS
        "negotiating_bodies.fe-wales",
    coalesce("employer.kind" IN ('council', 'maintained-school') AND "employer.nation" =
        'England' AND "work.region" = 'GL' AND "job.group" IN ('local-government-services',
        'school-support-staff') AND agreed, false) AS "negotiating_bodies.glpc",
    coalesce("job.group" = 'chief-officer' AND "employer.kind" = 'council' AND "employer.nation"
        IN ('England', 'Wales') AND NOT coalesce("employer.key" = 'east-sussex-county-council',
        false), false) AS "negotiating_bodies.jnc-co",
    coalesce("employer.kind" = 'council' AND "employer.nation" = 'Scotland' AND "job.group" IN
        ('chief-officer', 'chief-executive'), false) AS "negotiating_bodies.jnc-co-scot",
    coalesce("job.group" = 'craft' AND "employer.kind" = 'council' AND "employer.nation" IN
        ('England', 'Wales'), false) AS "negotiating_bodies.jnc-craft",
    coalesce("job.group" = 'chief-executive' AND "employer.kind" = 'council' AND
        "employer.nation" IN ('England', 'Wales', 'Northern Ireland'), false) AS
        "negotiating_bodies.jnc-cx",
    coalesce("job.group" = 'youth-and-community-worker' AND "employer.kind" = 'council' AND
        "employer.nation" IN ('England', 'Wales'), false) AS "negotiating_bodies.jnc-ycw",
    coalesce("employer.kind" IN ('fire-authority', 'council') AND "job.group" =
        'fire-middle-manager', false) AS "negotiating_bodies.mmnb",
    coalesce("job.group" = 'agenda-for-change' AND nhs, false) AS "negotiating_bodies.nhs-sc",
    coalesce("job.group" = 'agenda-for-change' AND "employer.kind" = 'hsc-trust', false) AS
        "negotiating_bodies.ni-hsc",
    coalesce("employer.kind" IN ('council', 'combined-authority', 'maintained-school',
        'education-authority', 'fire-authority', 'public-body-ni') AND "employer.nation" IN
        ('England', 'Wales', 'Northern Ireland') AND "job.group" IN
        ('local-government-services', 'school-support-staff') AND agreed OR "employer.kind" =
        'further-education-college' AND "job.group" = 'further-education-support-staff' AND
        "employer.nation" = 'Northern Ireland', false) AS "negotiating_bodies.njc",
    coalesce("employer.kind" IN ('fire-authority', 'council') AND "job.group" =
        'brigade-manager', false) AS "negotiating_bodies.njc-brigade-managers",
    coalesce("employer.kind" IN ('fire-authority', 'council') AND "job.group" IN ('firefighter',
        'fire-middle-manager'), false) AS "negotiating_bodies.njc-fire",
    coalesce("employer.kind" = 'council' AND "employer.nation" = 'Northern Ireland' AND
        "job.group" != 'chief-executive' AND NULL::BOOLEAN, false) AS
        "negotiating_bodies.njc-nijc",
    coalesce("employer.kind" IN ('council', 'combined-authority', 'maintained-school') AND
        "employer.nation" = 'England' AND "job.group" IN ('local-government-services',
        'school-support-staff') AND agreed AND "work.region" = 'EA' AND NULL::BOOLEAN, false) AS
        "negotiating_bodies.njc-rjc-ea",
    coalesce("employer.kind" IN ('council', 'combined-authority', 'maintained-school') AND
        "employer.nation" = 'England' AND "job.group" IN ('local-government-services',
        'school-support-staff') AND agreed AND "work.region" = 'EM', false) AS
        "negotiating_bodies.njc-rjc-em",
    coalesce("employer.kind" IN ('council', 'combined-authority', 'maintained-school') AND
        "employer.nation" = 'England' AND "job.group" IN ('local-government-services',
        'school-support-staff') AND agreed AND "work.region" = 'NO' AND NULL::BOOLEAN, false) AS
        "negotiating_bodies.njc-rjc-ne",
    coalesce("employer.kind" IN ('council', 'combined-authority', 'maintained-school') AND
        "employer.nation" = 'England' AND "job.group" IN ('local-government-services',
        'school-support-staff') AND agreed AND "work.region" = 'SW', false) AS
        "negotiating_bodies.njc-rjc-sw",
    coalesce("employer.kind" = 'sixth-form-college' AND "employer.nation" = 'England' AND
        "job.group" = 'sixth-form-college-support-staff', false) AS "negotiating_bodies.njc-sfc",
    coalesce("employer.kind" = 'further-education-college' AND "job.group" =
        'further-education-support-staff' AND "employer.nation" = 'England', false) AS
        "negotiating_bodies.njf-fe",
    coalesce("job.group" = 'police-officer' AND "employer.kind" = 'police-force' AND
        "employer.key" = 'police-scotland', false) AS "negotiating_bodies.pnbs",
    coalesce("employer.kind" = 'probation-service' AND "employer.nation" IN ('England', 'Wales')
        AND "job.group" = 'probation-staff', false) AS "negotiating_bodies.prob-jnc",
    coalesce("job.group" = 'police-staff' AND "employer.kind" IN ('police-force',
        'police-and-crime-commissioner') AND "employer.nation" IN ('England', 'Wales') AND CASE
        WHEN force IN ('cumbria-constabulary', 'cumbria-police', 'lancashire-constabulary',
        'lancashire-police', 'merseyside-police', 'greater-manchester-police',
        'cheshire-constabulary', 'cheshire-police', 'northumbria-police', 'durham-constabulary',
        'durham-police', 'north-yorkshire-police', 'west-yorkshire-police',
        'south-yorkshire-police', 'humberside-police', 'cleveland-police',
        'west-midlands-police', 'staffordshire-police', 'west-mercia-police',
        'warwickshire-police', 'derbyshire-constabulary', 'derbyshire-police',
        'nottinghamshire-police', 'lincolnshire-police', 'leicestershire-police',
        'northamptonshire-police', 'cambridgeshire-constabulary', 'cambridgeshire-police',
        'norfolk-constabulary', 'norfolk-police', 'suffolk-constabulary', 'suffolk-police',
        'bedfordshire-police', 'hertfordshire-constabulary', 'hertfordshire-police',
        'essex-police', 'hampshire-and-isle-of-wight-constabulary', 'hampshire-police',
        'hampshire-constabulary', 'sussex-police', 'devon-and-cornwall-police',
        'avon-and-somerset-police', 'gloucestershire-constabulary', 'gloucestershire-police',
        'wiltshire-police', 'dorset-police', 'north-wales-police', 'gwent-police',
        'south-wales-police', 'dyfed-powys-police') THEN true WHEN force IN
        ('metropolitan-police', 'metropolitan-police-service', 'city-of-london-police',
        'kent-police', 'surrey-police', 'thames-valley-police', 'british-transport-police') THEN
        false END, false) AS "negotiating_bodies.psc-ew",
    coalesce("employer.kind" = 'council' AND "employer.nation" = 'Scotland' AND "job.group" IN
        ('local-government-services', 'school-support-staff', 'youth-and-community-worker'),
        false) AS "negotiating_bodies.sjc",
    coalesce("employer.kind" = 'council' AND "employer.nation" = 'Scotland' AND "job.group" =
        'craft', false) AS "negotiating_bodies.sjnc-craft",
    coalesce("job.group" IN ('educational-psychologist', 'education-improvement-professional',
        'young-peoples-service-manager') AND "employer.kind" = 'council' AND "employer.nation"
        IN ('England', 'Wales'), false) AS "negotiating_bodies.soulbury",
    coalesce("job.group" = 'police-staff' AND "employer.kind" = 'police-force' AND
        "employer.nation" = 'Scotland' AND NOT "employer.key" = 'british-transport-police',
        false) AS "negotiating_bodies.spa-jncc",
    coalesce("employer.kind" IN ('maintained-school', 'academy-trust') AND "employer.nation" =
        'England' AND "job.group" = 'school-support-staff' AND NULL::BOOLEAN, false) AS
        "negotiating_bodies.sssnb",
    coalesce("job.group" = 'agenda-for-change' AND "employer.kind" = 'nhs-board' AND
        "employer.nation" = 'Scotland', false) AS "negotiating_bodies.stac",
    coalesce("employer.kind" = 'trade-union' AND "employer.key" = 'unison' AND "job.group" =
        'union-staff', false) AS "negotiating_bodies.staff-negotiations-committee",
    coalesce("job.group" = 'agenda-for-change' AND nhs AND "employer.nation" = 'Wales', false)
        AS "negotiating_bodies.welsh-partnership-forum",
    coalesce("job.group" = 'whitley-council' AND nhs AND NULL::BOOLEAN, false) AS
        "negotiating_bodies.whitley",
    coalesce("employer.kind" = 'private-contractor' AND "employer.serves" = 'health' AND
        "employer.nation" = 'England' OR "employer.kind" IN ('gp-practice', 'social-enterprise')
        OR nhs AND "employer.nation" IN ('England', 'Wales', 'Scotland') AND NOT "job.group" IN
        ('agenda-for-change', 'whitley-council', 'doctor-or-dentist', 'very-senior-manager') OR
        "job.group" = 'very-senior-manager' AND nhs AND "employer.nation" = 'England' OR
        "job.group" = 'agenda-for-change' AND nhs OR "employer.kind" IN ('almo',
        'council-owned-company', 'leisure-trust') OR "employer.kind" = 'academy-trust' AND
        "employer.nation" = 'England' OR "employer.kind" = 'private-contractor' AND
        ("employer.serves" = 'local-government' OR "employer.nation" = 'England') OR
        "employer.kind" = 'public-regulator' AND "employer.key" IN ('care-quality-commission',
        'food-standards-agency') OR "employer.kind" IN ('council', 'combined-authority',
        'maintained-school', 'further-education-college', 'sixth-form-college',
        'fire-authority') AND "employer.nation" IN ('England', 'Wales', 'Scotland') AND NOT
        "job.group" IN ('local-government-services', 'school-support-staff', 'aptc',
        'manual-worker', 'further-education-support-staff', 'sixth-form-college-support-staff',
        'chief-officer', 'chief-executive', 'craft', 'youth-and-community-worker',
        'educational-psychologist', 'education-improvement-professional',
        'young-peoples-service-manager', 'adult-social-care', 'regulator-staff', 'firefighter',
        'fire-middle-manager', 'brigade-manager') OR "employer.kind" = 'education-authority' AND
        "employer.nation" = 'Northern Ireland' AND "job.group" IN ('local-government-services',
        'school-support-staff') OR "employer.kind" IN ('fire-authority', 'council') AND
        "job.group" IN ('firefighter', 'fire-middle-manager') OR "employer.kind" = 'council' AND
        "employer.nation" IN ('England', 'Wales') AND "job.group" IN ('chief-officer',
        'chief-executive', 'craft', 'youth-and-community-worker', 'educational-psychologist',
        'education-improvement-professional', 'young-peoples-service-manager') OR
        "employer.kind" = 'sixth-form-college' AND "employer.nation" = 'England' AND "job.group"
        = 'sixth-form-college-support-staff' OR "employer.kind" = 'further-education-college'
        AND "job.group" = 'further-education-support-staff' AND "employer.nation" IN ('England',
        'Wales') OR "employer.kind" = 'council' AND "employer.nation" = 'Northern Ireland' OR
        "employer.kind" = 'council' AND "employer.nation" = 'Scotland' AND "job.group" IN
        ('local-government-services', 'school-support-staff', 'youth-and-community-worker',
        'chief-officer', 'chief-executive', 'craft') OR "employer.kind" IN ('council',
        'maintained-school') AND "work.region" IN ('SW', 'EM', 'GL') AND "job.group" IN
        ('local-government-services', 'school-support-staff') OR "employer.kind" IN ('council',
        'maintained-school') AND "employer.nation" = 'Wales' AND "job.group" IN
        ('local-government-services', 'school-support-staff') OR "employer.kind" = 'council' AND
        "job.group" IN ('local-government-services', 'school-support-staff') AND NOT agreed OR
        "employer.kind" = 'national-crime-agency' OR "employer.kind" = 'private-contractor' AND
        "employer.serves" IN ('police', 'probation') AND "employer.nation" IN ('England',
        'Wales', 'Scotland') OR "job.group" = 'special-constable' AND "employer.nation" IN
        ('England', 'Wales') OR ("employer.nation" IN ('England', 'Wales') AND ("employer.kind"
        IN ('police-force', 'police-and-crime-commissioner') OR "employer.kind" IN
        ('probation-service', 'community-rehabilitation-company')) OR "employer.nation" =
        'Scotland' AND "employer.kind" = 'police-force' OR "employer.nation" = 'England' AND
        "employer.kind" = 'cafcass') AND NOT "job.group" IN ('police-officer',
        'special-constable', 'police-staff', 'probation-staff', 'cafcass-staff') OR "job.group"
        = 'police-officer' AND "employer.key" = 'police-scotland' OR "employer.kind" = 'cafcass'
        AND "job.group" = 'cafcass-staff' AND "employer.nation" = 'England' OR "job.group" =
        'police-staff' AND "employer.kind" IN ('police-force', 'police-and-crime-commissioner')
        AND "employer.nation" IN ('England', 'Wales', 'Scotland') OR "employer.kind" IN
        ('probation-service', 'community-rehabilitation-company') AND "employer.nation" IN
        ('England', 'Wales') AND "job.group" = 'probation-staff' OR "job.group" =
        'police-officer' AND "employer.nation" IN ('England', 'Wales', 'Northern Ireland') AND
        NOT "employer.key" = 'british-transport-police' OR "employer.kind" IN
        ('housing-association', 'voluntary-organisation') OR "employer.key" = 'unison' AND
        "job.group" IN ('union-staff', 'union-senior-officer'), false) AND ("job.group" =
        'adult-social-care' AND "employer.nation" = 'England' AND NULL::BOOLEAN) IS NOT NULL AND
        ("employer.kind" IN ('cafcass', 'cafcass-cymru') AND "job.group" = 'cafcass-staff' AND
        "employer.nation" IN ('England', 'Wales') AND NOT ("employer.kind" = 'cafcass-cymru' OR
        "employer.nation" = 'Wales')) IS NOT NULL AND ("employer.kind" = 'education-authority'
        AND "employer.nation" = 'Northern Ireland' AND "job.group" IN
        ('local-government-services', 'school-support-staff')) IS NOT NULL AND ("employer.kind"
        = 'further-education-college' AND "job.group" = 'further-education-support-staff' AND
        "employer.nation" = 'Wales') IS NOT NULL AND ("employer.kind" IN ('council',
        'maintained-school') AND "employer.nation" = 'England' AND "work.region" = 'GL' AND
        "job.group" IN ('local-government-services', 'school-support-staff') AND agreed) IS NOT
        NULL AND ("job.group" = 'chief-officer' AND "employer.kind" = 'council' AND
        "employer.nation" IN ('England', 'Wales') AND NOT coalesce("employer.key" =
        'east-sussex-county-council', false)) IS NOT NULL AND ("employer.kind" = 'council' AND
        "employer.nation" = 'Scotland' AND "job.group" IN ('chief-officer', 'chief-executive'))
        IS NOT NULL AND ("job.group" = 'craft' AND "employer.kind" = 'council' AND
        "employer.nation" IN ('England', 'Wales')) IS NOT NULL AND ("job.group" =
        'chief-executive' AND "employer.kind" = 'council' AND "employer.nation" IN ('England',
        'Wales', 'Northern Ireland')) IS NOT NULL AND ("job.group" =
        'youth-and-community-worker' AND "employer.kind" = 'council' AND "employer.nation" IN
        ('England', 'Wales')) IS NOT NULL AND ("employer.kind" IN ('fire-authority', 'council')
        AND "job.group" = 'fire-middle-manager') IS NOT NULL AND ("job.group" =
        'agenda-for-change' AND nhs) IS NOT NULL AND ("job.group" = 'agenda-for-change' AND
        "employer.kind" = 'hsc-trust') IS NOT NULL AND ("employer.kind" IN ('council',
        'combined-authority', 'maintained-school', 'education-authority', 'fire-authority',
        'public-body-ni') AND "employer.nation" IN ('England', 'Wales', 'Northern Ireland') AND
        "job.group" IN ('local-government-services', 'school-support-staff') AND agreed OR
        "employer.kind" = 'further-education-college' AND "job.group" =
        'further-education-support-staff' AND "employer.nation" = 'Northern Ireland') IS NOT
        NULL AND ("employer.kind" IN ('fire-authority', 'council') AND "job.group" =
        'brigade-manager') IS NOT NULL AND ("employer.kind" IN ('fire-authority', 'council') AND
        "job.group" IN ('firefighter', 'fire-middle-manager')) IS NOT NULL AND ("employer.kind"
        = 'council' AND "employer.nation" = 'Northern Ireland' AND "job.group" !=
        'chief-executive' AND NULL::BOOLEAN) IS NOT NULL AND ("employer.kind" IN ('council',
        'combined-authority', 'maintained-school') AND "employer.nation" = 'England' AND
        "job.group" IN ('local-government-services', 'school-support-staff') AND agreed AND
        "work.region" = 'EA' AND NULL::BOOLEAN) IS NOT NULL AND ("employer.kind" IN ('council',
        'combined-authority', 'maintained-school') AND "employer.nation" = 'England' AND
        "job.group" IN ('local-government-services', 'school-support-staff') AND agreed AND
        "work.region" = 'EM') IS NOT NULL AND ("employer.kind" IN ('council',
        'combined-authority', 'maintained-school') AND "employer.nation" = 'England' AND
        "job.group" IN ('local-government-services', 'school-support-staff') AND agreed AND
        "work.region" = 'NO' AND NULL::BOOLEAN) IS NOT NULL AND ("employer.kind" IN ('council',
        'combined-authority', 'maintained-school') AND "employer.nation" = 'England' AND
        "job.group" IN ('local-government-services', 'school-support-staff') AND agreed AND
        "work.region" = 'SW') IS NOT NULL AND ("employer.kind" = 'sixth-form-college' AND
        "employer.nation" = 'England' AND "job.group" = 'sixth-form-college-support-staff') IS
        NOT NULL AND ("employer.kind" = 'further-education-college' AND "job.group" =
        'further-education-support-staff' AND "employer.nation" = 'England') IS NOT NULL AND
        ("job.group" = 'police-officer' AND "employer.kind" = 'police-force' AND "employer.key"
        = 'police-scotland') IS NOT NULL AND ("employer.kind" = 'probation-service' AND
        "employer.nation" IN ('England', 'Wales') AND "job.group" = 'probation-staff') IS NOT
        NULL AND ("job.group" = 'police-staff' AND "employer.kind" IN ('police-force',
        'police-and-crime-commissioner') AND "employer.nation" IN ('England', 'Wales') AND CASE
        WHEN force IN ('cumbria-constabulary', 'cumbria-police', 'lancashire-constabulary',
        'lancashire-police', 'merseyside-police', 'greater-manchester-police',
        'cheshire-constabulary', 'cheshire-police', 'northumbria-police', 'durham-constabulary',
        'durham-police', 'north-yorkshire-police', 'west-yorkshire-police',
        'south-yorkshire-police', 'humberside-police', 'cleveland-police',
        'west-midlands-police', 'staffordshire-police', 'west-mercia-police',
        'warwickshire-police', 'derbyshire-constabulary', 'derbyshire-police',
        'nottinghamshire-police', 'lincolnshire-police', 'leicestershire-police',
        'northamptonshire-police', 'cambridgeshire-constabulary', 'cambridgeshire-police',
        'norfolk-constabulary', 'norfolk-police', 'suffolk-constabulary', 'suffolk-police',
        'bedfordshire-police', 'hertfordshire-constabulary', 'hertfordshire-police',
        'essex-police', 'hampshire-and-isle-of-wight-constabulary', 'hampshire-police',
        'hampshire-constabulary', 'sussex-police', 'devon-and-cornwall-police',
        'avon-and-somerset-police', 'gloucestershire-constabulary', 'gloucestershire-police',
        'wiltshire-police', 'dorset-police', 'north-wales-police', 'gwent-police',
        'south-wales-police', 'dyfed-powys-police') THEN true WHEN force IN
        ('metropolitan-police', 'metropolitan-police-service', 'city-of-london-police',
        'kent-police', 'surrey-police', 'thames-valley-police', 'british-transport-police') THEN
        false END) IS NOT NULL AND ("employer.kind" = 'council' AND "employer.nation" =
        'Scotland' AND "job.group" IN ('local-government-services', 'school-support-staff',
        'youth-and-community-worker')) IS NOT NULL AND ("employer.kind" = 'council' AND
        "employer.nation" = 'Scotland' AND "job.group" = 'craft') IS NOT NULL AND ("job.group"
        IN ('educational-psychologist', 'education-improvement-professional',
        'young-peoples-service-manager') AND "employer.kind" = 'council' AND "employer.nation"
        IN ('England', 'Wales')) IS NOT NULL AND ("job.group" = 'police-staff' AND
        "employer.kind" = 'police-force' AND "employer.nation" = 'Scotland' AND NOT
        "employer.key" = 'british-transport-police') IS NOT NULL AND ("employer.kind" IN
        ('maintained-school', 'academy-trust') AND "employer.nation" = 'England' AND "job.group"
        = 'school-support-staff' AND NULL::BOOLEAN) IS NOT NULL AND ("job.group" =
        'agenda-for-change' AND "employer.kind" = 'nhs-board' AND "employer.nation" =
        'Scotland') IS NOT NULL AND ("employer.kind" = 'trade-union' AND "employer.key" =
        'unison' AND "job.group" = 'union-staff') IS NOT NULL AND ("job.group" =
        'agenda-for-change' AND nhs AND "employer.nation" = 'Wales') IS NOT NULL AND
        ("job.group" = 'whitley-council' AND nhs AND NULL::BOOLEAN) IS NOT NULL AS
        "negotiating_bodies.known",
    coalesce("employer.kind" = 'council' AND "employer.nation" = 'Wales' AND "job.group" IN
        ('local-government-services', 'school-support-staff'), false) AS
        "consultative_bodies.jcw",
    coalesce("job.group" = 'agenda-for-change' AND "employer.kind" = 'hsc-trust', false) AS
        "consultative_bodies.ni-partnership-forum",
    coalesce("employer.kind" = 'police-force' AND "employer.nation" IN ('England', 'Wales') AND
        "employer.key" != 'british-transport-police', false) AS "consultative_bodies.pabew",
    coalesce("job.group" IN ('agenda-for-change', 'whitley-council') AND nhs AND
        "employer.nation" = 'Scotland', false) AS
        "consultative_bodies.scottish-partnership-forum",
    coalesce("job.group" = 'agenda-for-change' AND nhs AND "employer.nation" = 'England', false)
        AS "consultative_bodies.spf",
    coalesce("job.group" = 'agenda-for-change' AND nhs AND "employer.nation" IN ('England',
        'Scotland', 'Northern Ireland') OR "employer.kind" = 'council' AND "employer.nation" =
        'Wales' AND "job.group" IN ('local-government-services', 'school-support-staff') OR
        service_group = 'police-justice', false) AND ("employer.kind" = 'council' AND
        "employer.nation" = 'Wales' AND "job.group" IN ('local-government-services',
        'school-support-staff')) IS NOT NULL AND ("job.group" = 'agenda-for-change' AND
        "employer.kind" = 'hsc-trust') IS NOT NULL AND ("employer.kind" = 'police-force' AND
        "employer.nation" IN ('England', 'Wales') AND "employer.key" !=
        'british-transport-police') IS NOT NULL AND ("job.group" IN ('agenda-for-change',
        'whitley-council') AND nhs AND "employer.nation" = 'Scotland') IS NOT NULL AND
        ("job.group" = 'agenda-for-change' AND nhs AND "employer.nation" = 'England') IS NOT
        NULL AS "consultative_bodies.known",
    coalesce("employer.kind" IN ('council', 'combined-authority') AND ("job.group" IN
        ('chief-officer', 'chief-executive') OR "job.group" = 'local-government-services' AND
        "job.is_senior_manager"), false) AS "national_forums.chief-officers-and-senior-managers",
    coalesce(service_group IN ('health', 'local-government', 'police-justice'), false) AND
        ("employer.kind" IN ('council', 'combined-authority') AND ("job.group" IN
        ('chief-officer', 'chief-executive') OR "job.group" = 'local-government-services' AND
        "job.is_senior_manager")) IS NOT NULL AS "national_forums.known",
    coalesce(nhs AND mip, false) AS "joint_unions.fda",
    coalesce(nhs AND mip, false) AS "joint_unions.mip",
    coalesce(nhs AND mip, false) AS "joint_unions.unison",
    coalesce(nhs OR service_group IN ('local-government', 'police-justice'), false) AND (nhs AND
        mip) IS NOT NULL AND (nhs AND mip) IS NOT NULL AND (nhs AND mip) IS NOT NULL AS
        "joint_unions.known",
    coalesce("job.group" = 'doctor-or-dentist' AND nhs, false) AS "pay_reviewed_by.ddrb",
    coalesce("job.group" = 'nca-officer-with-powers' AND "employer.kind" =
        'national-crime-agency', false) AS "pay_reviewed_by.ncarrb",
    coalesce("job.group" = 'agenda-for-change' AND nhs AND "employer.nation" != 'Scotland',
        false) AS "pay_reviewed_by.nhsprb",
    coalesce("job.group" = 'police-officer' AND "employer.nation" IN ('England', 'Wales',
        'Northern Ireland') AND "employer.kind" = 'police-force' AND NOT "employer.key" =
        'british-transport-police', false) AS "pay_reviewed_by.prrb",
    coalesce("job.group" IN ('agenda-for-change', 'doctor-or-dentist') AND nhs OR
        "employer.kind" = 'private-contractor' AND "employer.serves" = 'health' AND "job.group"
        IN ('agenda-for-change', 'contractor-terms') OR service_group IN ('local-government',
        'police-justice') OR "job.group" = 'nca-officer-with-powers' OR "job.group" =
        'police-officer' AND "employer.nation" IN ('England', 'Wales', 'Northern Ireland') AND
        NOT "employer.key" = 'british-transport-police', false) AND ("job.group" =
        'doctor-or-dentist' AND nhs) IS NOT NULL AND ("job.group" = 'nca-officer-with-powers'
        AND "employer.kind" = 'national-crime-agency') IS NOT NULL AND ("job.group" =
        'agenda-for-change' AND nhs AND "employer.nation" != 'Scotland') IS NOT NULL AND
        ("job.group" = 'police-officer' AND "employer.nation" IN ('England', 'Wales',
        'Northern Ireland') AND "employer.kind" = 'police-force' AND NOT "employer.key" =
        'british-transport-police') IS NOT NULL AS "pay_reviewed_by.known"
FROM step_5
